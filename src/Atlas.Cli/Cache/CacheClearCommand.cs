using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Cache;

/// <summary><c>atlas cache clear</c></summary>
internal sealed class CacheClearCommand : AtlasCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public CacheClearCommand(CommandContext context)
        : base(context, "clear", "Remove the playbooks that applications cache on disk. They are written again when the cluster answers.")
    {
        Add(_json);
        Examples = ["atlas cache clear"];
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var cache = CacheFolder.Of(Context.Home);
        var removed = CacheFolder.OnDisk(cache, each => each.Clear());
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(new { cache.Directory, Removed = removed });
        }
        else
        {
            Context.Terminal.Data(removed == 0
                ? $"There were no cached playbooks in {cache.Directory}."
                : $"{Wording.Count(removed, "playbook")} removed from {cache.Directory}.");
        }

        return Task.FromResult(ExitCode.Ok);
    }
}
