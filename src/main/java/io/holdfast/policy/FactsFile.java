package io.holdfast.policy;

import io.holdfast.legal.Facts;

/**
 * One request's facts in a file of their own, for asking what a rulebook would say.
 *
 * <pre>
 * schema: holdfast/v1
 * kind: Facts
 * facts: {issuer-jurisdiction: HK, instrument: HK-WARRANT, category: [SUBSCRIBER], ...}
 * </pre>
 */
public final class FactsFile {

    private FactsFile() {}

    /**
     * @param name the file's name, for messages
     */
    public static Facts read(String name, byte[] bytes) throws PolicyException {
        Problems problems = new Problems();
        Facts facts = StrictYaml.read(name, bytes, "Facts", problems)
                .map(root -> root.allow("facts").need("facts").section())
                .flatMap(FactsReader::read)
                .orElse(null);
        problems.throwIfAny();
        return facts;
    }

    public static Facts read(byte[] bytes) throws PolicyException {
        return read("facts.yaml", bytes);
    }
}
