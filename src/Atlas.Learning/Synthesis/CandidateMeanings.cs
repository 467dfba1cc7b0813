using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Meaning;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Sessions;

namespace Atlas.Learning.Synthesis;

/// <summary>Finds the candidates of one answer that repeat known rules in other words.</summary>
internal sealed class CandidateMeanings
{
    private readonly RuleVectors _vectors;
    private readonly List<(PlaybookEntry Entry, RuleText Text)> _known;
    private readonly HashSet<string> _ids;
    private readonly List<(CondemnedRule Rule, RuleText Text)> _condemned;
    private readonly List<MeaningFinding> _findings = [];

    /// <param name="existing">The entries that stay.</param>
    /// <param name="context">The context, for what is condemned.</param>
    /// <param name="vectors">The vectors of their texts.</param>
    public CandidateMeanings(IEnumerable<PlaybookEntry> existing, SynthesisContext context, RuleVectors vectors)
    {
        _vectors = vectors;
        _known = [.. existing.Where(EntryOrder.IsRendered).Select(Read)];
        _ids = [.. _known.Select(known => EntryIds.Of(known.Entry))];
        _condemned = [.. context.Condemned.Select(rule => (rule, RuleText.Of(rule.Words)))];
    }

    /// <summary>The findings, in the order of the candidates.</summary>
    public ImmutableArray<MeaningFinding> Findings => [.. _findings];

    /// <summary>Whether to add a candidate.</summary>
    public bool TakesUp(PlaybookEntry candidate)
    {
        var (entry, text) = Read(candidate);
        var (id, isRevision) = (EntryIds.Of(entry), _ids.Contains(EntryIds.Of(entry)));
        if (isRevision && _known.Any(known => EntryIds.Of(known.Entry) == id && EntryWords.AreSame(known.Entry, entry)))
        {
            return true;
        }

        var condemned = Closest(_condemned, rule => rule.Text, text);
        var known = Closest(_known.Where(each => each.Entry.Role == entry.Role && (!isRevision || EntryIds.Of(each.Entry) == id)), each => each.Text, text);
        if (condemned is { } failed && !(known?.Similarity > failed.Similarity))
        {
            Note(entry, failed.Item.Rule.Entry, failed.Item.Rule.Sha, failed.Similarity, MeaningConsequence.KeptOut);
            return false;
        }

        if (known is not { } found)
        {
            _known.Add((entry, text));
            return true;
        }

        Note(entry, EntryIds.Of(found.Item.Entry), ShaOf(found.Item.Entry), found.Similarity, isRevision ? MeaningConsequence.Rewords : MeaningConsequence.Supports);
        return isRevision;
    }

    /// <summary>Returns the sessions cited for candidates; those of a repetition count for the entry it repeats.</summary>
    public static ImmutableDictionary<string, ImmutableArray<long>> Cited(ImmutableDictionary<string, ImmutableArray<long>> cited, ImmutableArray<MeaningFinding> findings)
    {
        foreach (var finding in findings.Where(finding => finding.Consequence is not MeaningConsequence.Rewords))
        {
            var sessions = cited.GetValueOrDefault(finding.Entry, []);
            cited = cited.Remove(finding.Entry);
            if (finding.Consequence is MeaningConsequence.Supports)
            {
                cited = cited.SetItem(finding.Known, [.. cited.GetValueOrDefault(finding.Known, []), .. sessions]);
            }
        }

        return cited;
    }

    private static (PlaybookEntry Entry, RuleText Text) Read(PlaybookEntry entry) => (entry, RuleText.Of(EntryWords.Of(entry)));

    private static string ShaOf(PlaybookEntry entry) => GivenPlaybook.Short(EntryWords.Sha256Of(entry));

    private (T Item, double Similarity)? Closest<T>(IEnumerable<T> among, Func<T, RuleText> read, RuleText text)
    {
        (T Item, double Similarity)? closest = null;
        foreach (var item in among)
        {
            if (RuleComparison.Measure(text, read(item), _vectors) is (RuleRelation.Same, var similarity) && !(similarity <= closest?.Similarity))
            {
                closest = (item, similarity);
            }
        }

        return closest;
    }

    private void Note(PlaybookEntry entry, string known, string sha, double similarity, MeaningConsequence consequence) =>
        _findings.Add(new(EntryIds.Of(entry), EntryWords.Of(entry), known, sha, Math.Round(similarity, 4), consequence)
        {
            By = similarity >= 1 || _vectors.By.Length == 0 ? null : _vectors.By,
        });
}
