using System.Collections.Immutable;
using Atlas.Learning.Text;

namespace Atlas.Learning.Leaks;

/// <summary>An answer that must not be learned.</summary>
/// <param name="Number">Its position in the list, from 1.</param>
/// <param name="Words">Its words, folded.</param>
internal sealed record EvaluationAnswer(int Number, ImmutableArray<string> Words)
{
    public EvaluationAnswer(int number, IEnumerable<FoldedWord> words)
        : this(number, [.. words.Select(word => word.Text)])
    {
    }

    /// <summary>The number of letters and digits.</summary>
    public int Length => Words.Sum(word => word.Length);
}
