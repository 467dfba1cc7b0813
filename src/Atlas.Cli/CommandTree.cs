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
using Atlas.Cli.Retention;
using Atlas.Cli.Reports;
using Atlas.Cli.Review;
using Atlas.Cli.Run;
using Atlas.Cli.Sessions;
using Atlas.Cli.Status;
using Atlas.Cli.Testing;
using Atlas.Cli.Up;
using Atlas.Import;

namespace Atlas.Cli;

/// <summary>All commands and their place in the hierarchy.</summary>
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
            "Import recorded agent runs as sessions.",
            RunFormats.All.Select(format => new FormatCommand(context, format))),
        new CommandGroup(
            "session",
            "Show sessions and their recordings.",
            new SessionListCommand(context),
            new SessionShowCommand(context)),
        new CommandGroup(
            "playbook",
            "Show and govern what learning keys have learned.",
            new PlaybookListCommand(context),
            new PlaybookShowCommand(context),
            new PlaybookHistoryCommand(context),
            new PlaybookResolveCommand(context),
            new PlaybookDiffCommand(context),
            new PlaybookRollbackCommand(context),
            new PlaybookTryCommand(context),
            new PlaybookWithdrawCommand(context),
            new PlaybookMergeCommand(context),
            new PlaybookUnmergeCommand(context),
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
            "Run experiments that assign sessions at random to compare two versions, two configurations, or having an entry or not.",
            new ExperimentStartCommand(context),
            new ExperimentListCommand(context),
            new ExperimentShowCommand(context),
            new ExperimentStopCommand(context),
            new ExperimentConcludeCommand(context)),
        new CommandGroup(
            "review",
            "Decide which sessions teach.",
            new ReviewListCommand(context),
            new ReviewSessionsCommand(context),
            new ReviewNextCommand(context),
            new ReviewApproveCommand(context),
            new ReviewQuarantineCommand(context)),
        new CommandGroup(
            "key",
            "Create, rotate and revoke API keys for the HTTP API.",
            new KeyCreateCommand(context),
            new KeyListCommand(context),
            new KeyRotateCommand(context),
            new KeyRevokeCommand(context)),
        new CommandGroup(
            "credential",
            "Create credentials for clients of a cluster that has a secret.",
            new CredentialCreateCommand(context)),
        new CommandGroup(
            "budget",
            "Set and show how much API keys and tenants can spend per day.",
            new BudgetSetCommand(context),
            new BudgetListCommand(context)),
        new ForgetCommand(context),
        new RetentionCommand(context),
        new BackupCommand(context),
        new RestoreCommand(context),
        new ConsoleCommand(context),
        new AuditCommand(context),
        new McpCommand(context),
        new CommandGroup(
            "env",
            "Discover the agent of a project, and show the environments that sessions ran in.",
            new EnvInitCommand(context),
            new EnvListCommand(context),
            new EnvShowCommand(context)),
        new CommandGroup(
            "cache",
            "Show and clear the playbooks that applications cache on disk.",
            new CacheListCommand(context),
            new CacheClearCommand(context)),
        new CommandGroup(
            "config",
            "Check configuration files, and show the values in effect.",
            new ConfigCheckCommand(context),
            new ConfigShowCommand(context)),
        new ReportCommand(context),
        new CompletionCommand(context),
        new ExportCommand(context),
        new BenchCommand(context),
        new TestCommand(context));
}
