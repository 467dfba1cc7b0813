using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Atlas.Runtime.Teachers;

/// <summary>The verdicts of one session, by signature, and the prior results of the last one. Safe for concurrent use.</summary>
internal sealed class VerdictCache
{
    private readonly ConcurrentDictionary<string, Verdict> _verdicts = new(StringComparer.Ordinal);
    private string? _priorResults;

    /// <summary>Returns an earlier verdict, marked as such.</summary>
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

    /// <summary>Remembers the prior results for a verdict.</summary>
    /// <returns>True if they differ from the previous ones; otherwise, false.</returns>
    public bool HasChanged(string priorResultsHash) => Interlocked.Exchange(ref _priorResults, priorResultsHash) != priorResultsHash;
}
