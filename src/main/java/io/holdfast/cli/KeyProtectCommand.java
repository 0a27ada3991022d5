package io.holdfast.cli;

import io.holdfast.store.KeyForm;
import io.holdfast.store.KeyName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "protect",
        description = {
            "Moves the keys of a gateway under a passphrase. The gateway must be stopped.",
            "A key is removed from its old file once it was read back from where it went. If that was interrupted, run it again."
        })
final class KeyProtectCommand implements Runnable {

    @Parameters(
            index = "0",
            paramLabel = "FORM",
            converter = FormReader.class,
            description = "'passphrase' for one encrypted file for each key, 'pkcs12' for one store.")
    private KeyForm form;

    @Mixin
    private KeyFolderOption folder;

    @Mixin
    private Output output;

    @Override
    public void run() {
        List<String> moved = folder.move(form).stream().map(KeyName::toString).toList();
        output.print(
                List.of(
                        moved.isEmpty()
                                ? "all keys are " + form.code() + " already"
                                : "moved " + String.join(", ", moved) + "; the old files are removed",
                        "give the gateway the same passphrase, and set holdfast.keys.form to " + form.code(),
                        "a backup or the file system may still hold what was plain: rotate keys that others may have seen"),
                Json.object().put("form", form.code()).set("moved", Json.texts(moved)));
    }

    static final class FormReader implements ITypeConverter<KeyForm> {
        @Override
        public KeyForm convert(String text) {
            return KeyForm.parse(text)
                    .filter(form -> form != KeyForm.PLAIN)
                    .orElseThrow(
                            () -> new TypeConversionException("must be passphrase or pkcs12, found '" + text + "'"));
        }
    }
}
