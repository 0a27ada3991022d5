package io.holdfast.app;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Settings as they come without configuration, but for these. */
final class ChosenSettings implements Settings {

    private final Supplier<Path> data;
    private final Path policies;

    String origin = "holdfast.test/log";
    String holds = "start";
    int people = 2;
    double warnAt = 0.25;
    Optional<List<String>> approvers = Optional.empty();
    Optional<Path> witnesses = Optional.empty();
    Optional<Boolean> quorum = Optional.empty();
    Duration patience = Duration.ofSeconds(5);
    Optional<Path> continues = Optional.empty();
    Optional<String> stampedAt = Optional.empty();
    Optional<Path> authority = Optional.empty();
    Optional<String> webhook = Optional.empty();
    Optional<Path> webhookSecret = Optional.empty();
    Optional<Path> registry;

    ChosenSettings(Supplier<Path> data, Path policies, Path authorities) {
        this.data = data;
        this.policies = policies;
        this.registry = Optional.of(authorities);
    }

    @Override
    public Path data() {
        return data.get();
    }

    @Override
    public String database() {
        return "embedded";
    }

    @Override
    public Optional<String> databaseUser() {
        return Optional.empty();
    }

    @Override
    public Optional<String> databasePassword() {
        return Optional.empty();
    }

    @Override
    public Duration databaseLease() {
        return Duration.ofSeconds(1);
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public Path policies() {
        return policies;
    }

    @Override
    public Duration policiesEvery() {
        return Duration.ofHours(1); // what is tested here is the start
    }

    @Override
    public Optional<Path> authorities() {
        return registry;
    }

    @Override
    public String holds() {
        return holds;
    }

    @Override
    public int holdsPeople() {
        return people;
    }

    @Override
    public Optional<List<String>> holdsApprovers() {
        return approvers;
    }

    @Override
    public Optional<Path> continues() {
        return continues;
    }

    @Override
    public String provider() {
        return "US";
    }

    @Override
    public Optional<Path> announce() {
        return Optional.empty();
    }

    @Override
    public Keys keys() {
        return new Keys() {
            @Override
            public Optional<String> form() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> passphraseFile() {
                return Optional.empty();
            }
        };
    }

    @Override
    public Timestamp timestamp() {
        return new Timestamp() {
            @Override
            public Optional<String> url() {
                return stampedAt;
            }

            @Override
            public Optional<Path> authority() {
                return authority;
            }

            @Override
            public Optional<String> policy() {
                return Optional.empty();
            }

            @Override
            public Duration every() {
                return Duration.ofHours(1);
            }
        };
    }

    @Override
    public Store store() {
        return new Store() {
            @Override
            public Optional<String> url() {
                return Optional.empty();
            }

            @Override
            public String name() {
                return "user-data-store";
            }
        };
    }

    @Override
    public Packages packages() {
        return new Packages() {
            @Override
            public Duration window() {
                return Duration.ofDays(7);
            }

            @Override
            public int downloads() {
                return 3;
            }
        };
    }

    @Override
    public Check check() {
        return new Check() {
            @Override
            public Optional<Integer> port() {
                return Optional.empty();
            }

            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public Optional<Path> socket() {
                return Optional.empty();
            }

            @Override
            public Optional<Integer> grpcPort() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> grpcSocket() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> routes() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> traffic() {
                return Optional.empty();
            }

            @Override
            public boolean clientCertOverwritten() {
                return false;
            }

            @Override
            public Callers callers() {
                return new Callers() {
                    @Override
                    public Optional<String> issuer() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> keys() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> audience() {
                        return Optional.empty();
                    }
                };
            }

            @Override
            public String dialect() {
                return "original";
            }

            @Override
            public List<String> peers() {
                return List.of("127.0.0.1");
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(2);
            }
        };
    }

    @Override
    public Proxy proxy() {
        return new Proxy() {
            @Override
            public Optional<Integer> port() {
                return Optional.empty();
            }

            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public Optional<URI> upstream() {
                return Optional.empty();
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Duration longest() {
                return Duration.ofMinutes(5);
            }

            @Override
            public MemorySize mostBytes() {
                return new MemorySize(BigInteger.valueOf(64 << 20));
            }
        };
    }

    @Override
    public Intake intake() {
        return new Intake() {
            @Override
            public int mostTargets() {
                return 25;
            }

            @Override
            public int mostDays() {
                return 366;
            }
        };
    }

    @Override
    public Log log() {
        return () -> false;
    }

    @Override
    public Witness witness() {
        return new Witness() {
            @Override
            public Optional<Path> policy() {
                return witnesses;
            }

            @Override
            public Optional<Boolean> quorum() {
                return quorum;
            }

            @Override
            public Duration patience() {
                return patience;
            }
        };
    }

    @Override
    public Tokens tokens() {
        return new Tokens() {
            @Override
            public Duration keysEvery() {
                return Duration.ofSeconds(30);
            }

            @Override
            public Duration keysStand() {
                return Duration.ofMinutes(5);
            }
        };
    }

    @Override
    public boolean development() {
        return false;
    }

    @Override
    public Clocks clocks() {
        return () -> warnAt;
    }

    @Override
    public Webhook webhook() {
        return new Webhook() {
            @Override
            public Optional<String> url() {
                return webhook;
            }

            @Override
            public Optional<Path> secretFile() {
                return webhookSecret;
            }
        };
    }
}
