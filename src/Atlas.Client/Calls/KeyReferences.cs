using System.Collections.Concurrent;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;
using Atlas.Learning.Keys;

namespace Atlas.Client.Calls;

/// <summary>Caches references to learning keys, because creating one takes a good part of the time of a read.</summary>
internal sealed class KeyReferences(IGrainFactory grains)
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, ILearningKeyGrain> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <exception cref="AtlasRefusedException">The text is not a valid learning key.</exception>
    public ILearningKeyGrain Of(string learningKey)
    {
        if (learningKey is not null && _known.TryGetValue(learningKey, out var known))
        {
            return known;
        }

        Check(learningKey);
        // Bounded, because an application can derive a key from every task.
        if (Interlocked.Increment(ref _count) > Most)
        {
            _known.Clear();
            Volatile.Write(ref _count, 1);
        }

        return _known[learningKey!] = grains.GetGrain<ILearningKeyGrain>(learningKey!);
    }

    /// <exception cref="AtlasRefusedException">The text is not a valid learning key.</exception>
    public static void Check(string? learningKey)
    {
        if (LearningKeyRule.ProblemOf(learningKey) is { } problem)
        {
            throw new AtlasRefusedException(problem);
        }
    }
}
