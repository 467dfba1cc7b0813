using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Atlas.Runtime.Teachers;

/// <summary>The verdicts of one session, by signature, and what the last one was asked with. Safe for use by many threads.</summary>
internal sealed class VerdictCache
{
    private readonly ConcurrentDictionary<string, Verdict> _verdicts = new(StringComparer.Ordinal);
    private string? _priorResults;

    /// <summary>A verdict that was given before, marked as such.</summary>
    public Verdict? Find(string signature)
    {
        if (!_verdicts.TryGetValue(signature, out var known))
        {
            return null;
        }

        var record = (JsonObject)known.Record.DeepClone();
        record["cached"] = true;
        return known with { Record = record };
    }

    public void Store(string signature, Verdict verdict) => _verdicts[signature] = verdict;

    /// <summary>Remembers what prior results a verdict is asked with.</summary>
    /// <returns>Whether they differ from those before.</returns>
    public bool HasChanged(string priorResultsHash) => Interlocked.Exchange(ref _priorResults, priorResultsHash) != priorResultsHash;
}
