using Atlas.Cli.Invocation;
using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Experiments;

namespace Atlas.Cli.Experiments;

/// <summary><c>atlas experiment conclude KEY [NUMBER]</c></summary>
internal sealed class ExperimentConcludeCommand : ExperimentEndCommand
{
    public ExperimentConcludeCommand(CommandContext context)
        : base(context, "conclude", "End an experiment and act on its verdict: the better version becomes current, a harmful entry is withdrawn. Changing a configuration is left to you.") =>
        Examples = ["atlas experiment conclude tau/airline", "atlas experiment conclude tau/airline 2 --by ann"];

    protected override Task<ExperimentReport> EndAsync(IAtlasClient client, string learningKey, int number, Attribution by, CancellationToken cancellation) =>
        client.ConcludeExperimentAsync(learningKey, number, by, cancellation);
}
