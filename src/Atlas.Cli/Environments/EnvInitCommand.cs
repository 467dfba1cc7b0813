using System.Collections.Immutable;
using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Configuration;
using Atlas.Discovery;
using Atlas.Discovery.Output;
using Atlas.Discovery.Preflight;

namespace Atlas.Cli.Environments;

/// <summary><c>atlas env init</c></summary>
internal sealed class EnvInitCommand : AtlasCommand
{
    private readonly Option<string?> _path = CommonOptions.Text("--path", "FOLDER", "The folder of the project. Default: the current folder.", "a folder");
    private readonly Option<string?> _task = CommonOptions.Text("--task", "TEXT", "A typical task of the agent. It is stored with the discovery run.", "a task");
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print what was found, without writing files or storing anything." };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrite the files of an earlier run." };
    private readonly Option<bool> _noNetwork = new("--no-network") { Description = "Do not call models or other addresses." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public EnvInitCommand(CommandContext context)
        : base(context, "init", "Discover the agent in the sources of a project, and write a configuration for it.")
    {
        Add(_path);
        Add(_task);
        Add(_dryRun);
        Add(_force);
        Add(_noNetwork);
        Add(_json);
        Examples =
        [
            "atlas env init",
            "atlas env init --path src/Support --task \"Refund order 1042\" --force",
            "atlas env init --dry-run --no-network --json",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var path = arguments.GetValue(_path) ?? Directory.GetCurrentDirectory();
        if (!Directory.Exists(path))
        {
            throw new CommandFailedException(ExitCode.NotFound, $"There is no folder {path}.");
        }

        var files = new DiscoveryFiles(path);
        var dryRun = arguments.GetValue(_dryRun);
        if (!dryRun && !arguments.GetValue(_force) && files.Existing is { } existing)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{existing} already exists. Overwrite it with --force, or look without writing with --dry-run.");
        }

        var request = new DiscoveryRequest { Root = path, Now = Context.Clock.GetUtcNow() };
        request = arguments.GetValue(_task) is { } task ? request with { Task = task } : request;
        var project = await Progress.WaitAsync(
            Context.Terminal, "Reading the sources", () => Task.Run(() => ProjectDiscovery.Run(request), cancellation));
        DemandSomething(project, path);
        var checks = await Progress.WaitAsync(
            Context.Terminal, "Running the preflight checks", () => CheckAsync(project, arguments.GetValue(_noNetwork), cancellation));
        var document = DiscoverDocument.Write(project, checks);
        var report = EnvironmentReport.Of(project, checks);
        if (!dryRun)
        {
            report = report with
            {
                Written = files.Write(document, project.ConfigurationText, checks.All(check => check.Verdict != "failed"), request.Now),
                DiscoveryRunId = await StoreAsync(project, document.ToJsonString(), cancellation),
            };
        }

        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(report);
        }
        else
        {
            EnvironmentSheet.Write(report, project, Context.Terminal);
        }

        return ExitCode.Ok;
    }

    // A configuration made from nothing would only look as if something had been found.
    private static void DemandSomething(DiscoveredProject project, string path)
    {
        if (project.Findings is { Targets.IsEmpty: true, ChatClients.IsEmpty: true, Tools.IsEmpty: true, Prompts.IsEmpty: true, McpServers.IsEmpty: true, Endpoints.IsEmpty: true } findings)
        {
            var read = findings.FilesRead == 0
                ? "it has no C# or Python sources"
                : $"{Wording.Count(findings.FilesRead, "source file")} read, with no agent, model, tool, prompt or MCP server among them";
            throw new CommandFailedException(
                ExitCode.NotFound,
                $"Nothing was found in {Path.GetFullPath(path)}: {read}. Nothing was written. Name the folder of a project with --path.");
        }
    }

    private static async Task<ImmutableArray<PreflightCheck>> CheckAsync(DiscoveredProject project, bool noNetwork, CancellationToken cancellation)
    {
        // Check exactly what will be in the file, with the environment layered over it as in a run.
        var draft = Directory.CreateTempSubdirectory("atlas-env-");
        try
        {
            var file = Path.Combine(draft.FullName, DiscoveryFiles.ConfigurationName);
            await File.WriteAllTextAsync(file, project.ConfigurationText, cancellation);
            var check = ConfigurationLoader.Check(new ConfigurationRequest { Files = [file], Profile = ConfigurationProfile.Agent });
            return await ProjectPreflight.RunAsync(
                project.Findings, check, new PreflightOptions { UsesNetwork = !noNetwork }, cancellation);
        }
        finally
        {
            draft.Delete(recursive: true);
        }
    }

    // The command is about the files; they are written even without a database.
    private async Task<long?> StoreAsync(DiscoveredProject project, string document, CancellationToken cancellation)
    {
        try
        {
            return await new DatabaseAccess(Context).ReadAsync(async source => (long?)await source.Discovery.AddAsync(
                project.Findings.Root, project.Request.Task, "discovery", DiscoverDocument.Payload(project).ToJsonString(), document, cancellation));
        }
        catch (CommandFailedException away)
        {
            Context.Terminal.Say($"The discovery run was not stored in the database: {away.Message}");
            return null;
        }
    }
}
