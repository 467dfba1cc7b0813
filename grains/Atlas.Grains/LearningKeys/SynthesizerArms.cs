using System.Collections.Immutable;
using Atlas.Learning.Journal;
using Atlas.Models.Synthesis;

namespace Atlas.Grains.LearningKeys;

/// <summary>Asks the two synthesizers of an experiment, with the same sessions.</summary>
internal static class SynthesizerArms
{
    /// <summary>Returns the synthesizer that an experiment names.</summary>
    /// <exception cref="RefusedException">This silo has no such synthesizer.</exception>
    public static ISynthesizer Demand(LearningServices services, string name) => services.Synthesizers.Find(name)
        ?? throw new RefusedException($"This silo has no synthesizer '{name}'; it has {string.Join(", ", services.Synthesizers.Names)}. An application adds its own with AddAtlasSilo().AddSynthesizer(…).");

    /// <param name="learningKey">The key.</param>
    /// <param name="services">Its services.</param>
    /// <param name="snapshot">The key as both see it.</param>
    /// <param name="name">The name of the synthesizer that is compared with the key's own.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="RefusedException">There is no such synthesizer, no session to learn from, or one of them fails.</exception>
    public static async Task<(SynthesisProposal Own, SynthesisProposal Other)> AskAsync(
        string learningKey, LearningServices services, LearningKeyState snapshot, string name, CancellationToken cancellationToken)
    {
        var synthesizer = Demand(services, name);
        var seen = await services.Evidence.GatherAsync(learningKey, snapshot, [], cancellationToken);
        ImmutableArray<long> sessions = [.. seen.Request.Sessions.Select(session => session.Id).Distinct().Order()];
        if (sessions.IsEmpty)
        {
            throw new RefusedException("The learning key has no rewarded session that both synthesizers could learn from.");
        }

        var evidence = await services.Evidence.GatherAsync(learningKey, snapshot, sessions, cancellationToken);
        var answers = await Task.WhenAll(AskAsync(services.Synthesizer), AskAsync(synthesizer));
        return (answers[0], answers[1] with { Synthesizer = name.Trim() });

        Task<SynthesisProposal> AskAsync(ISynthesizer asked) => Task.Run(
            async () =>
            {
                try
                {
                    return await SynthesizerQuestion.AskAsync(services, asked, snapshot, evidence, cancellationToken);
                }
                catch (SynthesisException failure)
                {
                    throw new RefusedException($"The synthesizer {asked.Name} could not answer: {failure.Message}");
                }
            },
            cancellationToken);
    }
}
