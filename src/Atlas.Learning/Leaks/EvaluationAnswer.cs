using System.Collections.Immutable;
using Atlas.Learning.Text;

namespace Atlas.Learning.Leaks;

/// <summary>An answer that may not be learned.</summary>
/// <param name="Number">Its place in the list, from 1.</param>
/// <param name="Words">Its words, folded.</param>
internal sealed record EvaluationAnswer(int Number, ImmutableArray<string> Words)
{
    public EvaluationAnswer(int number, IEnumerable<FoldedWord> words)
        : this(number, [.. words.Select(word => word.Text)])
    {
    }

    /// <summary>How many letters and digits it has.</summary>
    public int Length => Words.Sum(word => word.Length);
}
