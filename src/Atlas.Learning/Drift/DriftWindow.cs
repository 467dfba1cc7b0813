using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Drift;

/// <summary>The newest rewards of a learning key, oldest first. Immutable; part of a key's state.</summary>
public sealed record DriftWindow
{
    public static DriftWindow Empty { get; } = new();

    /// <summary>At most one sample per session, in the order they arrived. The JSON form is a text with session, score, uncertainty and
    /// best uncertainty of each, the session as its distance from the one before: <c>~153 0.75 0.125 0.0625,3 1 - -</c>.</summary>
    [JsonConverter(typeof(RewardSamplesJson))]
    public ImmutableArray<RewardSample> Samples { get; init; } = [];

    /// <summary>Returns the window with one more session; the oldest are dropped when it is full.</summary>
    /// <param name="sample">The sample. A session that is already in the window is replaced in place.</param>
    /// <param name="capacity">How many sessions the window holds, at least 1.</param>
    public DriftWindow Add(RewardSample sample, int capacity)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var samples = Samples.IsDefault ? [] : Samples;
        var known = IndexOf(samples, sample.SessionId);
        samples = known >= 0 ? samples.SetItem(known, sample) : samples.Add(sample);
        capacity = Math.Max(capacity, 1);
        return this with { Samples = samples.Length <= capacity ? samples : samples[^capacity..] };
    }

    /// <summary>Returns the window without a session, for example because it was quarantined; the same instance if the session is not in
    /// it.</summary>
    public DriftWindow Remove(long sessionId) =>
        Samples.IsDefaultOrEmpty || !Samples.Any(item => item.SessionId == sessionId)
            ? this
            : this with { Samples = Samples.RemoveAll(item => item.SessionId == sessionId) };

    private static int IndexOf(ImmutableArray<RewardSample> samples, long sessionId)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            if (samples[i].SessionId == sessionId)
            {
                return i;
            }
        }

        return -1;
    }
}
