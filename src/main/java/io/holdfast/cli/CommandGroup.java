package io.holdfast.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about one thing. Alone a group does nothing and asks for one of them. */
abstract class CommandGroup implements Runnable {

    private final List<Class<?>> commands;

    @Spec
    private CommandSpec spec;

    CommandGroup(Class<?>... commands) {
        this.commands = List.of(commands);
    }

    /** Not in the annotation, or picocli would read all of them at once; see {@link CommandTree}. */
    List<Class<?>> commands() {
        return commands;
    }

    @Override
    public void run() {
        String names = commands.stream().map(CommandTree::name).collect(Collectors.joining(", "));
        throw new ParameterException(spec.commandLine(), "name a command: " + names);
    }

    @Command(
            name = "request",
            description =
                    "Requests for user data: handing one in, seeing and reviewing it, collecting what was released, erasing.")
    static final class Requests extends CommandGroup {
        Requests() {
            super(
                    RequestSubmitCommand.class,
                    RequestQueueCommand.class,
                    RequestShowCommand.class,
                    RequestLetterCommand.class,
                    RequestApproveCommand.class,
                    RequestNarrowCommand.class,
                    RequestReturnCommand.class,
                    RequestRefuseCommand.class,
                    RequestDeliverCommand.class,
                    RequestReceiptCommand.class,
                    RequestExtendCommand.class,
                    RequestLinkCommand.class,
                    RequestWithdrawCommand.class,
                    RequestConfirmCommand.class,
                    RequestStartClockCommand.class,
                    RequestStopClockCommand.class,
                    RequestResumeClockCommand.class,
                    RequestEndClockCommand.class,
                    RequestGrantCommand.class,
                    RequestShredCommand.class);
        }
    }

    @Command(
            name = "hold",
            description = "Holds: seeing, placing and tightening them, and agreeing to lift or widen them.")
    static final class Holds extends CommandGroup {
        Holds() {
            super(
                    HoldListCommand.class,
                    HoldPlaceCommand.class,
                    HoldTightenCommand.class,
                    HoldLiftCommand.class,
                    HoldProposeCommand.class,
                    HoldChangesCommand.class,
                    HoldApproveCommand.class,
                    HoldObjectCommand.class,
                    HoldWithdrawCommand.class);
        }
    }

    @Command(
            name = "notice",
            description = "Notices to the people concerned: which are due, that they were given, that they wait.")
    static final class PeopleConcerned extends CommandGroup {
        PeopleConcerned() {
            super(NoticeListCommand.class, NoticeGivenCommand.class, NoticeDeferCommand.class, NoticeLiftCommand.class);
        }
    }

    @Command(name = "log", description = "The signed log: checking it, copying it, reading it.")
    static final class Log extends CommandGroup {
        Log() {
            super(
                    LogVerifyCommand.class,
                    LogGossipCommand.class,
                    LogExportCommand.class,
                    LogShowCommand.class,
                    LogProofCommand.class,
                    LogDisclosureCommand.class,
                    LogCheckpointCommand.class);
        }
    }

    @Command(name = "audit", description = "Whether the decisions in a log were right, and what they were about.")
    static final class Audit extends CommandGroup {
        Audit() {
            super(AuditReplayCommand.class, AuditOpenCommand.class, AuditLookUpCommand.class);
        }
    }

    @Command(
            name = "policy",
            description = "The rulebook: checking it, trying it out, locking it, letting it come into force.")
    static final class Policy extends CommandGroup {
        Policy() {
            super(
                    PolicyCheckCommand.class,
                    PolicyTestCommand.class,
                    PolicyProveCommand.class,
                    PolicyDiffCommand.class,
                    PolicyReplayCommand.class,
                    PolicyExplainCommand.class,
                    PolicyMatrixCommand.class,
                    PolicyDigestCommand.class,
                    PolicyStatusCommand.class,
                    PolicyProposeCommand.class,
                    PolicyActivateCommand.class);
        }
    }

    @Command(name = "grant", description = "What a gateway gives for one call to the store.")
    static final class Grants extends CommandGroup {
        Grants() {
            super(GrantVerifyCommand.class);
        }
    }

    @Command(name = "package", description = "What an authority was given: opening a package, and checking it.")
    static final class Packages extends CommandGroup {
        Packages() {
            super(PackageOpenCommand.class, PackageCheckCommand.class);
        }
    }

    @Command(name = "report", description = "Transparency reports.")
    static final class Report extends CommandGroup {
        Report() {
            super(
                    ReportDraftCommand.class,
                    ReportProposeCommand.class,
                    ReportPublishCommand.class,
                    ReportListCommand.class,
                    ReportShowCommand.class);
        }
    }

    @Command(name = "key", description = "The keys of a gateway: seeing, rotating, retiring and protecting them.")
    static final class Keys extends CommandGroup {
        Keys() {
            super(KeyListCommand.class, KeyRotateCommand.class, KeyRetireCommand.class, KeyProtectCommand.class);
        }
    }

    @Command(name = "witness", description = "A witness that cosigns the checkpoints of logs.")
    static final class Witnesses extends CommandGroup {
        Witnesses() {
            super(WitnessServeCommand.class, WitnessKeyCommand.class);
        }
    }
}
