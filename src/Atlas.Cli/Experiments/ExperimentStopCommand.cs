using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;

namespace Atlas.Cli.Experiments;

/// <summary><c>atlas experiment stop KEY [NUMBER]</c></summary>
internal sealed class ExperimentStopCommand : ExperimentEndCommand
{
    public ExperimentStopCommand(CommandContext context)
        : base(context, "stop", "Stop an experiment without acting on its result. Sessions get the same playbook as before it.") =>
        Examples = ["atlas experiment stop tau/airline --reason \"the model was withdrawn\""];

    protected override Task<ExperimentReport> EndAsync(IAtlasClient client, string learningKey, int number, Attribution by, CancellationToken cancellation) =>
        client.StopExperimentAsync(learningKey, number, by, cancellation);
}
