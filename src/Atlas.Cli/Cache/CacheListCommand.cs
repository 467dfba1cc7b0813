using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Cache;

/// <summary><c>atlas cache list</c></summary>
internal sealed class CacheListCommand : AtlasCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public CacheListCommand(CommandContext context)
        : base(context, "list", "List the playbooks that applications cache on disk for when the cluster cannot be reached.")
    {
        Add(_json);
        Examples = ["atlas cache list", "atlas cache list --json"];
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var cache = CacheFolder.Of(Context.Home);
        var report = CacheReport.Of(cache, CacheFolder.OnDisk(cache, each => each.List()));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(report);
        }
        else if (report.Playbooks.Count == 0)
        {
            Context.Terminal.Say($"There are no cached playbooks in {report.Directory}.");
        }
        else
        {
            Show(report);
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private void Show(CacheReport report) => Context.Terminal.Table(
        [new("key"), new("role"), new("version", IsNumber: true), new("hash"), new("stored"), new("state", Wraps: true)],
        report.Playbooks.Select(line => (IReadOnlyList<string>)
        [
            line.LearningKey ?? Path.GetFileName(line.File),
            line.Role ?? "-",
            line.Version is { } version ? Wording.Number(version) : "-",
            Wording.Hash(line.Sha256),
            Wording.Time(line.StoredAt),
            line.Damage is null ? "whole" : $"damaged: {line.Damage}",
        ]));
}
