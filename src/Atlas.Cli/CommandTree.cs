using Atlas.Cli.Benchmarks;
using Atlas.Cli.Cache;
using Atlas.Cli.Completion;
using Atlas.Cli.Config;
using Atlas.Cli.Doctor;
using Atlas.Cli.Environments;
using Atlas.Cli.Export;
using Atlas.Cli.Import;
using Atlas.Cli.Invocation;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Playbooks.Changes;
using Atlas.Cli.Playbooks.Exchange;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Cli.Quickstart;
using Atlas.Cli.Reports;
using Atlas.Cli.Review;
using Atlas.Cli.Run;
using Atlas.Cli.Sessions;
using Atlas.Cli.Status;
using Atlas.Cli.Testing;
using Atlas.Cli.Up;

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
            new TauBenchCommand(context),
            new AlfworldCommand(context)),
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
            new PlaybookStageCommand(context),
            new PlaybookUnstageCommand(context),
            new PlaybookPromoteCommand(context),
            new PlaybookPinCommand(context),
            new PlaybookUnpinCommand(context),
            new PlaybookFreezeCommand(context),
            new PlaybookUnfreezeCommand(context),
            new PlaybookExportCommand(context),
            new PlaybookImportCommand(context),
            new PlaybookEditCommand(context)),
        new CommandGroup(
            "review",
            "Decide which sessions may teach.",
            new ReviewListCommand(context),
            new ReviewSessionsCommand(context),
            new ReviewNextCommand(context),
            new ReviewApproveCommand(context),
            new ReviewQuarantineCommand(context)),
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
