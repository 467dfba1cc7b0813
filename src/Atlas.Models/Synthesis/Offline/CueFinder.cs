using System.Text.RegularExpressions;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Finds words of the task that announce the situation in which a tool is called.</summary>
/// <remarks>The words of a situation are chosen without looking at rewards. Words that fire on nearly every task of the sample, or on hardly
/// any, are not a cue.</remarks>
internal sealed class CueFinder
{
    private const int MostWords = 4;
    private const int FewestTasks = 3;
    private const double LargestShare = 0.8;
    private const double Association = 0.05;
    private const double WorthAWord = 0.03;
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    private readonly Sample _sample;
    private readonly EntrySchemaOptions _schema;
    private readonly List<(string Word, bool[] InTask)> _words;
    private readonly ExactTest _test = new();

    public CueFinder(Sample sample, EntrySchemaOptions schema)
    {
        _sample = sample;
        _schema = schema;
        _words = [.. TraitReader.TaskWords(sample)];
    }

    /// <summary>Finds the cue for an action; returns null if the words of the tasks do not announce it.</summary>
    /// <param name="trait">A tool, or an order of tools, whose situation is that the later tool is called.</param>
    /// <param name="standing">The cue that an entry already has; kept as long as it is still good.</param>
    public EntryCue? Find(Trait trait, EntryCue? standing)
    {
        var tool = trait.Kind == TraitKind.Order ? trait.Next : trait.Name;
        var situation = Situation(tool);
        if (standing is not null && _schema.CueTypes.Contains(standing.Type) && Fires(standing) is { } fires
            && Selective(fires) && Announces(fires, situation))
        {
            return standing;
        }

        var chosen = Choose(situation, _schema.CueTypes.Contains("regex") ? MostWords : 1);
        var type = _schema.CueTypes.Contains("regex") ? "regex" : "keyword";
        if (chosen.Count == 0 || !_schema.CueTypes.Contains(type))
        {
            return null;
        }

        chosen.Sort(StringComparer.Ordinal);
        var cue = new EntryCue
        {
            Type = type,
            Pattern = type == "keyword" ? chosen[0] : chosen.Count == 1 ? $@"\b{chosen[0]}\b" : $@"\b(?:{string.Join('|', chosen)})\b",
            Description = $"Words of tasks in which {tool} is called more often than in others.",
        };
        return cue.Pattern.Length <= EntryLimits.Pattern && Fires(cue) is { } matches && Selective(matches) ? cue : null;
    }

    private List<string> Choose(bool[] situation, int most)
    {
        var pool = _words.FindAll(pair => Selective(pair.InTask) && Announces(pair.InTask, situation));
        var chosen = new List<string>();
        var covered = new bool[situation.Length];
        var reached = 0d;
        while (chosen.Count < most)
        {
            var best = pool
                .Select(pair => (pair.Word, Union: Union(covered, pair.InTask)))
                .Where(option => Selective(option.Union))
                .Select(option => (option.Word, option.Union, Gain: Separation(option.Union, situation)))
                .OrderByDescending(option => option.Gain).ThenBy(option => option.Word, StringComparer.Ordinal)
                .FirstOrDefault();
            if (best.Word is null || best.Gain < reached + WorthAWord)
            {
                break;
            }

            (covered, reached) = (best.Union, best.Gain);
            chosen.Add(best.Word);
        }

        return chosen;
    }

    private bool[] Situation(string tool)
    {
        var calling = new int[_sample.Tasks];
        var runs = new int[_sample.Tasks];
        for (var i = 0; i < _sample.Sessions.Length; i++)
        {
            runs[_sample.TaskOf[i]]++;
            calling[_sample.TaskOf[i]] += _sample.Sessions[i].Digest.Called(tool) ? 1 : 0;
        }

        return [.. calling.Zip(runs, (called, all) => 2 * called >= all)];
    }

    /// <summary>Returns for each task whether the cue fires on its text; null if the cue cannot be matched.</summary>
    private bool[]? Fires(EntryCue cue)
    {
        try
        {
            var regex = new Regex(
                cue.Type == "regex" ? cue.Pattern : Regex.Escape(cue.Pattern),
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout);
            return [.. _sample.Examples.Select(session => regex.IsMatch(session.Task))];
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static bool Selective(bool[] fires)
    {
        var count = fires.Count(fired => fired);
        return count >= FewestTasks && count <= LargestShare * fires.Length;
    }

    private bool Announces(bool[] fires, bool[] situation) =>
        _test.Run([Stratum.Of([.. fires.Zip(situation, (shows, called) => (shows, called ? 1 : 0))])]).More <= Association;

    /// <summary>Returns the share of the situation's tasks that are announced, minus the share of other tasks announced by mistake.</summary>
    private static double Separation(bool[] fires, bool[] situation)
    {
        var inside = situation.Count(called => called);
        var hits = fires.Zip(situation).Count(pair => pair is (true, true));
        var mistakes = fires.Count(fired => fired) - hits;
        return ((double)hits / Math.Max(1, inside)) - ((double)mistakes / Math.Max(1, situation.Length - inside));
    }

    private static bool[] Union(bool[] left, bool[] right) => [.. left.Zip(right, (a, b) => a || b)];
}
