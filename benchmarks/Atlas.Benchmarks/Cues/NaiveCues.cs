using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Atlas.Domain.Playbooks;

namespace Atlas.Benchmarks.Cues;

/// <summary>The baseline: interpreted regular expressions with backtracking, constructed once and matched one after the other.</summary>
internal sealed class NaiveCues(ImmutableArray<EntryCue> cues)
{
    private readonly Func<string, bool>[] _cues = [.. cues.Select(Prepare)];

    /// <summary>Returns the numbers of the cues that occur in the text.</summary>
    public List<int> Detect(string text)
    {
        var found = new List<int>();
        for (var index = 0; index < _cues.Length; index++)
        {
            if (_cues[index](text))
            {
                found.Add(index);
            }
        }

        return found;
    }

    private static Func<string, bool> Prepare(EntryCue cue) => cue.Type switch
    {
        "keyword" => Expression(Regex.Escape(cue.Pattern)).IsMatch,
        "predicate" => Condition(cue.Pattern),
        _ => Expression(cue.Pattern.Replace("(?P<", "(?<", StringComparison.Ordinal)).IsMatch,
    };

    private static Func<string, bool> Condition(string predicate)
    {
        var alternatives = predicate.Split(" OR ").Select(alternative => alternative.Split(" AND ").Select(Term).ToArray()).ToArray();
        return text => alternatives.Any(terms => terms.All(term => term(text)));
    }

    private static Func<string, bool> Term(string term)
    {
        var negated = term.StartsWith("NOT ", StringComparison.Ordinal);
        var expression = Expression(Regex.Escape(negated ? term[4..] : term));
        return text => expression.IsMatch(text) != negated;
    }

    private static Regex Expression(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
