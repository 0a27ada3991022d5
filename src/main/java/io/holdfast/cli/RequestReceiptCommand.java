package io.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.Sha512;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "receipt",
        description = {
            "Says that the sender has opened the package of a request: the SHA-512 of its manifest, which is told nowhere else.",
            "What the gateway has of the package is deleted then."
        })
final class RequestReceiptCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ID", description = "The request's id.")
    private String id;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            required = true,
            description = "The file manifest.json of the opened package.")
    private Path manifest;

    @Mixin
    private ServerOptions server;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Sha512 digest = Sha512.of(LocalFile.read(manifest.toString(), Manifest.MOST_BYTES));
        ObjectNode record = server.connect()
                .post(
                        "/v1/requests/" + Names.request(id) + "/receipt",
                        Json.object().put("manifest", digest.hex()));
        output.print(
                new Table()
                        .row("received", Names.request(id))
                        .row("record", record.path("index").asText())
                        .lines(),
                record);
        return ExitCode.OK;
    }
}
