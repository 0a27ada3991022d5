package io.holdfast.evidence;

import io.holdfast.legal.Authority;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The enrolled authorities and courts.
 *
 * @param digest names this state of the registry in the log, hex
 */
public record Registry(Map<String, Authority> authorities, String digest) {

    public Registry {
        authorities = Map.copyOf(authorities);
    }

    public static Registry of(List<Authority> authorities, String digest) {
        return new Registry(authorities.stream().collect(Collectors.toMap(Authority::id, Function.identity())), digest);
    }

    public Optional<Authority> find(String id) {
        return Optional.ofNullable(authorities.get(id));
    }
}
