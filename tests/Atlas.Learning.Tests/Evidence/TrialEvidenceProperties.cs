using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>What holds of any sessions. CsCheck prints the seed of a failing case; the variable <c>CsCheck_Seed</c> replays it.</summary>
public sealed class TrialEvidenceProperties
{
    private static readonly Gen<double> Share = Gen.OneOf(Gen.Double[0, 1], Gen.OneOf(0d, 1, 0.5, 1e-9, 1 - 1e-9));

    private static readonly Gen<TrialObservation> Observation =
        from shown in Gen.Bool
        from p in Gen.OneOf(Gen.Double[0.001, 0.999], Gen.OneOf(0.5, 0.9, 0.8, 1e-12, 1 - 1e-12))
        from m in Share
        from y in Share
        select new TrialObservation(shown, p, m, y);

    [Fact]
    public void Sessions_in_any_order_are_the_same_state_to_the_last_byte() =>
        Gen.Select(Observation.Array[0, 40], Gen.Int).Sample((sessions, seed) =>
        {
            var shuffled = sessions.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Bytes(Of(sessions)) == Bytes(Of(shuffled)) && Of(sessions) == Of(shuffled);
        });

    [Fact]
    public void A_session_taken_out_leaves_no_trace() =>
        Gen.Select(Observation.Array[0, 20], Observation, Observation.Array[0, 20]).Sample((before, session, after) =>
            Bytes(Of([.. before, session, .. after]).Remove(session)) == Bytes(Of([.. before, .. after])));

    [Fact]
    public void Pools_say_what_their_sessions_say_together() =>
        Gen.Select(Observation.Array[0, 20], Observation.Array[0, 20]).Sample((left, right) =>
            Of(left).Merge(Of(right)) == Of([.. left, .. right])
            && TrialEvidence.Pool([Of(right), Of(left)]) == Of([.. left, .. right])
            && Of(left).Merge(Of(right)).Without(Of(right)) == Of(left));

    [Fact]
    public void What_was_written_is_read_again_as_it_was() =>
        Observation.Array[0, 20].Sample(sessions =>
        {
            var read = JsonSerializer.Deserialize<TrialEvidence>(Bytes(Of(sessions)), AtlasJson.Options)!;
            return read == Of(sessions) && Bytes(read) == Bytes(Of(sessions));
        });

    [Fact]
    public void All_that_is_read_off_is_finite_and_within_its_range() =>
        Observation.Array[0, 60].Sample(sessions =>
        {
            var evidence = Of(sessions);
            var bounds = ConfidenceSequence.Of(evidence);
            return sessions.All(session => Math.Abs(session.Score) <= 1)
                && new[] { 0, 0.1, -0.1, 1, -1 }.All(margin => double.IsFinite(evidence.LogHelp(margin)) && double.IsFinite(evidence.LogHarm(margin)))
                && bounds is { Low: >= -1 and <= 1, High: >= -1 and <= 1 }
                && evidence.Effect is null or (>= -1 and <= 1)
                && evidence.MeanDifference is null or (>= -1 and <= 1)
                && evidence.Variance is >= 0 and <= 1
                && evidence.Sessions == sessions.Length;
        });

    [Fact]
    public void Help_and_harm_are_mirror_images() =>
        Observation.Array[0, 40].Sample(sessions =>
        {
            // Rewards and expectations turned round turn every score round.
            var mirrored = Of(sessions.Select(session => new TrialObservation(session.Shown, session.P, 1 - session.M, 1 - session.Y)));
            var evidence = Of(sessions);
            return Math.Abs(evidence.LogHelp() - mirrored.LogHarm()) < 1e-9 && Math.Abs(evidence.LogHarm(0.1) - mirrored.LogHelp(0.1)) < 1e-9;
        });

    [Fact]
    public void A_million_sessions_do_not_make_the_state_larger_than_a_few_hundred_characters()
    {
        var evidence = Of([new TrialObservation(true, 0.5, 1d / 3, 0.1), new TrialObservation(false, 0.5, 1d / 7, 0.9)]);
        for (var doubled = 0; doubled < 20; doubled++)
        {
            evidence = evidence.Merge(evidence);
        }

        Assert.Equal(1 << 21, evidence.Sessions);
        Assert.InRange(Bytes(evidence).Length, 100, 450);
    }

    [Fact]
    public void Logarithms_are_right_to_fifteen_digits() =>
        Gen.Double[-0.8, 0.8].Sample(x => Math.Abs(ExactSum.LogarithmOf1Plus(x) - Math.Log(1 + x)) < 1e-15);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(10, 12.801827480081469)]
    [InlineData(100.5, 361.4355404677606)]
    [InlineData(1e6, 12815504.56914761)]
    public void The_gamma_function_is_right(double x, double expected) => Assert.Equal(expected, SampleRatio.LogGamma(x), 1e-13 * Math.Max(1, expected));

    private static TrialEvidence Of(IEnumerable<TrialObservation> sessions) => sessions.Aggregate(TrialEvidence.None, (sum, session) => sum.Add(session));

    private static string Bytes(TrialEvidence evidence) => JsonSerializer.Serialize(evidence, AtlasJson.Options);
}
