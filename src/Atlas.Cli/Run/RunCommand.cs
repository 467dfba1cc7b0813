using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Run.Cluster;
using Atlas.Cli.Run.Console;
using Atlas.Models.Providers;
using Atlas.Runtime;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Configured;
using Atlas.Runtime.Observing;

namespace Atlas.Cli.Run;

/// <summary><c>atlas run</c></summary>
internal sealed class RunCommand : AtlasCommand
{
    private readonly RunArguments _arguments = new();

    public RunCommand(CommandContext context)
        : base(context, "run", "Run a configured agent on a task, and learn from the session.")
    {
        _arguments.AddTo(this);
        Examples =
        [
            "atlas run --config atlas.yaml --task \"Refund order 1042, the parcel never arrived\"",
            "atlas run --config atlas.yaml --task-file task.txt --key support/refunds --mode coach --stream",
            "atlas run --config atlas.yaml --task \"Close ticket 7\" --metadata '{\"tenant_id\":\"acme\"}' --json",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var configuration = RunConfiguration.Demand(_arguments.Configuration(arguments, Context.Caller), Context.Terminal);
        var settings = await _arguments.ReadAsync(arguments, cancellation);
        var ending = new RunEnding(Context, configuration, settings);

        // Agent and models come first: what they lack is reported before anything is started.
        await using var configured = await ConfiguredAsync(configuration, cancellation);
        await using var cluster = await BorrowedCluster.TakeAsync(
            Context, configuration, _arguments.Ports(arguments), keepDatabase: false, cancellation);
        using var late = new CancellationTokenSource(settings.Timeout ?? Timeout.InfiniteTimeSpan, Context.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);

        var last = new LastResult();
        var request = new RunRequest(settings.Task)
        {
            LearningKey = settings.LearningKey,
            Metadata = settings.Metadata,
            ForcedMode = settings.Mode,
            RewardPatience = settings.Patience,
            LearningPatience = settings.Patience,
            Observer = new Observers([last, .. Tellers(configuration, settings)]),
        };
        try
        {
            var result = await configured.Over(cluster.Client).RunAsync(request, limit.Token);
            limit.Token.ThrowIfCancellationRequested();
            return await ending.TellAsync(result, cancellation);
        }
        catch (OperationCanceledException) when (last.Start is not null)
        {
            return await ending.StoppedAsync(last, isTimeout: !cancellation.IsCancellationRequested);
        }
    }

    private async Task<ConfiguredRuntime> ConfiguredAsync(RunConfiguration configuration, CancellationToken cancellation)
    {
        try
        {
            var configured = await ConfiguredRuntime.CreateAsync(configuration.Value, cancellationToken: cancellation);
            if (configured.ProbeAbsent is { } absent)
            {
                Context.Terminal.Say($"warning: the fallback mode is used, because no probe chooses one: {absent}");
            }

            return configured;
        }
        catch (Exception cannot) when (cannot is AgentException or ModelException)
        {
            throw new CommandFailedException(ExitCode.CannotStart, cannot.Message, cannot);
        }
    }

    private IEnumerable<IRunObserver> Tellers(RunConfiguration configuration, RunSettings settings)
    {
        var withSteps = configuration.Value.Orchestration.EmitIntermediateSteps;
        if (settings.View is RunView.JsonLines)
        {
            yield return new JsonLines(Context.Terminal.DataWriter, withSteps);
        }

        if (settings.Stream || (settings.View is RunView.Text && Context.Terminal.ShowsProgress))
        {
            yield return new SessionConsole(Context.Terminal, withSteps, withTokens: settings.Stream);
        }
    }
}
