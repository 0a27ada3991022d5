package io.holdfast.app;

import io.holdfast.cli.ServeOptions;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator can set; docs/reference/configuration.md lists it. */
@ConfigMapping(prefix = "holdfast")
public interface Settings {

    /** The folder with database, keys and high-water mark. */
    Path data();

    /** {@code embedded} for the one in the data folder, or the address of a PostgreSQL server that replicas share. */
    @WithDefault("embedded")
    String database();

    /** The login of the service at that server. */
    Optional<String> databaseUser();

    Optional<String> databasePassword();

    /** How old a replica's view of a shared log may be. Older, and everything is refused. */
    @WithDefault("1s")
    Duration databaseLease();

    /** The log's name; it is in every checkpoint and cannot be changed later. */
    @WithDefault(ServeOptions.ORIGIN)
    String origin();

    /** The folder with the rulebook. */
    @WithDefault("policies")
    Path policies();

    /** How often that folder is read, so that what has changed in it comes into force. */
    @WithDefault("2s")
    Duration policiesEvery();

    /** The folder with the enrolled authorities; by default the one in the policies. */
    Optional<Path> authorities();

    /** Which holds a new log starts with: {@code start} for those in policies/holds, or the name of a posture. */
    @WithDefault(ServeOptions.START_HOLDS)
    String holds();

    /** How many different people it takes to lift or widen a hold, the proposer among them; at least 2. */
    @WithName("holds.people")
    @WithDefault("2")
    int holdsPeople();

    /** The subjects that may approve that; by default everybody with the role. */
    @WithName("holds.approvers")
    Optional<List<String>> holdsApprovers();

    /** The data folder of a frozen log that a new log, of another name, continues. Its holds stay in force. */
    Optional<Path> continues();

    /** Where the company is established that requests are addressed to; an ISO 3166-1 code. */
    @WithDefault("US")
    String provider();

    /** Whether tokens of the development issuer are believed; {@code serve --development} sets it. Never for real requests. */
    @WithDefault("false")
    boolean development();

    /** A file to write the address to, once the gateway answers. */
    Optional<Path> announce();

    Keys keys();

    Timestamp timestamp();

    Store store();

    @WithName("package")
    Packages packages();

    Intake intake();

    Log log();

    Witness witness();

    Tokens tokens();

    Clocks clocks();

    Webhook webhook();

    Check check();

    /** How the gateway's own keys are kept. The passphrase itself is no setting. */
    interface Keys {
        /** {@code plain}, {@code passphrase} or {@code pkcs12}; by default what the folder has. */
        Optional<String> form();

        /** A file with the passphrase, which only its owner may read. */
        Optional<Path> passphraseFile();
    }

    /** Who says when checkpoints were there. */
    interface Timestamp {
        /** Where the authority is, RFC 3161 over HTTP; without it nothing is stamped. */
        Optional<String> url();

        /** A PEM file with its certificate, or with that of whoever vouches for it. */
        Optional<Path> authority();

        /** The policy that it must work under, an object identifier. */
        Optional<String> policy();

        /** How often, as long as the log grows. */
        @WithDefault("1h")
        Duration every();
    }

    /** The user-data store behind the gateway. */
    interface Store {
        /** Where it is; without it nothing can be delivered. */
        Optional<String> url();

        /** What it is called in grants. */
        @WithDefault("user-data-store")
        String name();
    }

    /** Packages that senders collect. */
    interface Packages {
        /** For how long one can be collected. */
        @WithDefault("P7D")
        Duration window();

        /** How often. */
        @WithDefault("3")
        int downloads();
    }

    /** Those who watch the log from outside. */
    interface Witness {
        /** A tlog-policy that names the witnesses, their addresses and the quorum. */
        Optional<Path> policy();

        /** Whether a release waits for the quorum, and nothing is published without it; so it is once there is a policy. */
        Optional<Boolean> quorum();

        /** How long a release waits for the quorum before it is refused. */
        @WithDefault("5s")
        Duration patience();
    }

    /** The keys that tokens are verified with; whose they are is said by the settings of MicroProfile JWT. */
    interface Tokens {
        /** How often they are read again, from a file or from the web. */
        @WithDefault("30s")
        Duration keysEvery();

        /** How long they stand while they cannot be read. */
        @WithDefault("5m")
        Duration keysStand();
    }

    /** The times that run on requests. */
    interface Clocks {

        /** How much of the whole time is left when people are warned; more than 0, less than 1. */
        @WithDefault("0.25")
        double warnAt();
    }

    /** Who is sent events. */
    interface Webhook {

        /** Where they are sent, over TLS or on this machine; without it none are sent. */
        Optional<String> url();

        /** A file with the secret that the receiver has, for its owner only. */
        Optional<Path> secretFile();
    }

    /** Answering proxies that ask about each call, on an address of its own. */
    interface Check {

        /** Where; without a port, and without a socket, nobody is answered. */
        Optional<Integer> port();

        @WithDefault("127.0.0.1")
        String host();

        /** A Unix socket besides, which only the gateway's own user and group may open. */
        Optional<Path> socket();

        /** Where Envoy asks over gRPC; it is not answered in it without one of these two. */
        Optional<Integer> grpcPort();

        Optional<Path> grpcSocket();

        /** The file that says what the store gives where. */
        Optional<Path> routes();

        /** The file that says which calls need no grant; without it none are. */
        Optional<Path> traffic();

        /** Whether every proxy that asks over HTTP overwrites Client-Cert with what it saw on the client's connection. */
        @WithDefault("false")
        boolean clientCertOverwritten();

        Callers callers();

        /** How proxies tell which call they ask about: original, forwarded or direct. */
        @WithDefault("original")
        String dialect();

        /** The addresses that may ask. */
        @WithDefault("127.0.0.1")
        List<String> peers();

        /** How long the log may take before the answer is no. */
        @WithDefault("2s")
        Duration patience();
    }

    /** Whose tokens those who call the store have; needed where the file of traffic speaks of tokens. */
    interface Callers {

        /** The iss that they have. */
        Optional<String> issuer();

        /** Where the issuer's keys are: a file or an https: address. */
        Optional<String> keys();

        /** The aud that they have; another than the gateway's own. */
        Optional<String> audience();
    }

    Proxy proxy();

    /** Passing calls on to the store itself, and of its answers what was granted, on an address of its own. */
    interface Proxy {

        /** Where; without a port nothing is passed on. */
        Optional<Integer> port();

        @WithDefault("127.0.0.1")
        String host();

        /** The store: http:// or https://, a host, maybe a port. */
        Optional<URI> upstream();

        /** How long the store may say nothing. */
        @WithDefault("10s")
        Duration patience();

        /** How long an answer may take. */
        @WithDefault("5m")
        Duration longest();

        /** How much of an answer may leave. */
        @WithDefault("64M")
        MemorySize mostBytes();
    }

    /** Limits on requests. */
    interface Intake {
        @WithDefault("25")
        int mostTargets();

        @WithDefault("366")
        int mostDays();
    }

    /** Who may read the log. */
    interface Log {
        /** Whether bundles of entries may be read without the role of an auditor. */
        @WithDefault("false")
        boolean entriesPublic();
    }
}
