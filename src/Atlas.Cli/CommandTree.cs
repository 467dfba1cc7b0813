using Atlas.Cli.Access;
using Atlas.Cli.Benchmarks;
using Atlas.Cli.Cache;
using Atlas.Cli.Completion;
using Atlas.Cli.Config;
using Atlas.Cli.Doctor;
using Atlas.Cli.Environments;
using Atlas.Cli.Experiments;
using Atlas.Cli.Export;
using Atlas.Cli.Forgetting;
using Atlas.Cli.Import;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Cli.Playbooks.Exchange;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Cli.Quickstart;
using Atlas.Cli.Recovery;
using Atlas.Cli.Reports;
using Atlas.Cli.Review;
using Atlas.Cli.Run;
using Atlas.Cli.Sessions;
using Atlas.Cli.Status;
using Atlas.Cli.Testing;
using Atlas.Cli.Up;
using Atlas.Import;

namespace Atlas.Cli;

/// <summary>All commands and where they stand.</summary>
internal static class CommandTree
{
    public static AtlasRootCommand Create(CommandContext context) => new(
        new QuickstartCommand(context),
        new RunCommand(context),
        new OrderDeskCommand(context),
        new UpCommand(context),
        new DownCommand(context),
        new RestartCommand(context),
        new StatusCommand(context),
        new DoctorCommand(context),
        new CommandGroup(
            "import",
            "Bring in recorded agent runs as sessions.",
            RunFormats.All.Select(format => new FormatCommand(context, format))),
        new CommandGroup(
            "session",
            "See sessions and what was recorded of them.",
            new SessionListCommand(context),
            new SessionShowCommand(context)),
        new CommandGroup(
            "playbook",
            "See and govern what learning keys have learned.",
            new PlaybookListCommand(context),
            new PlaybookShowCommand(context),
            new PlaybookHistoryCommand(context),
            new PlaybookResolveCommand(context),
            new PlaybookDiffCommand(context),
            new PlaybookRollbackCommand(context),
            new PlaybookTryCommand(context),
            new PlaybookWithdrawCommand(context),
            new PlaybookStageCommand(context),
            new PlaybookUnstageCommand(context),
            new PlaybookPromoteCommand(context),
            new PlaybookPinCommand(context),
            new PlaybookUnpinCommand(context),
            new PlaybookFreezeCommand(context),
            new PlaybookUnfreezeCommand(context),
            new PlaybookExportCommand(context),
            new PlaybookImportCommand(context),
            new PlaybookEditCommand(context),
            new PlaybookCandidatesCommand(context),
            new PlaybookAcceptCommand(context)),
        new CommandGroup(
            "experiment",
            "Find out by drawing sessions at random which of two versions, or an entry, or another configuration is better.",
            new ExperimentStartCommand(context),
            new ExperimentListCommand(context),
            new ExperimentShowCommand(context),
            new ExperimentStopCommand(context),
            new ExperimentConcludeCommand(context)),
        new CommandGroup(
            "review",
            "Decide which sessions may teach.",
            new ReviewListCommand(context),
            new ReviewSessionsCommand(context),
            new ReviewNextCommand(context),
            new ReviewApproveCommand(context),
            new ReviewQuarantineCommand(context)),
        new CommandGroup(
            "key",
            "Make and end the API keys that open the HTTP API.",
            new KeyCreateCommand(context),
            new KeyListCommand(context),
            new KeyRotateCommand(context),
            new KeyRevokeCommand(context)),
        new CommandGroup(
            "credential",
            "Make the credentials with which clients connect to a cluster that has a secret.",
            new CredentialCreateCommand(context)),
        new CommandGroup(
            "budget",
            "Say what API keys and tenants may spend on a day.",
            new BudgetSetCommand(context),
            new BudgetListCommand(context)),
        new ForgetCommand(context),
        new BackupCommand(context),
        new RestoreCommand(context),
        new ConsoleCommand(context),
        new AuditCommand(context),
        new McpCommand(context),
        new CommandGroup(
            "env",
            "Look through a project for its agent, and see which environments sessions ran in.",
            new EnvInitCommand(context),
            new EnvListCommand(context),
            new EnvShowCommand(context)),
        new CommandGroup(
            "cache",
            "See and clear the playbooks that applications keep on disk.",
            new CacheListCommand(context),
            new CacheClearCommand(context)),
        new CommandGroup(
            "config",
            "Check configuration files and see what is in force.",
            new ConfigCheckCommand(context),
            new ConfigShowCommand(context)),
        new ReportCommand(context),
        new CompletionCommand(context),
        new ExportCommand(context),
        new BenchCommand(context),
        new TestCommand(context));
}
