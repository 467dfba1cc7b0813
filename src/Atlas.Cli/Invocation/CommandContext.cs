using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Invocation;

/// <summary>The services that every command uses.</summary>
internal sealed record CommandContext(
    Terminal Terminal,
    AtlasHome Home,
    Repository Repository,
    CallerSettings Caller,
    TimeProvider Clock);
