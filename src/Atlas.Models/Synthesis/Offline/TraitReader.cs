using Atlas.Learning.Digest;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Collects the traits of a sample, in a fixed order.</summary>
internal static class TraitReader
{
    /// <summary>A word must occur in that many different tasks (sessions, if there are fewer tasks): what fewer share may be
    /// somebody's name or number.</summary>
    private const int WordSpread = 3;

    public static List<Trait> Read(Sample sample)
    {
        var digests = sample.Sessions.Select(session => session.Digest).ToArray();
        var traits = new List<Trait>();
        var tools = digests.SelectMany(digest => digest.Tools).Distinct().Order(StringComparer.Ordinal).ToList();
        traits.AddRange(tools.Select(tool => new Trait(TraitKind.Tool, tool, "", [.. digests.Select(digest => Sign(digest.Called(tool)))])));

        var orders = digests.SelectMany(Pairs).Distinct()
            .OrderBy(pair => pair.First, StringComparer.Ordinal).ThenBy(pair => pair.Second, StringComparer.Ordinal);
        foreach (var (first, second) in orders)
        {
            traits.Add(new(TraitKind.Order, first, second,
                [.. digests.Select(digest => digest.Called(second) ? Sign(Pairs(digest).Contains((first, second))) : (sbyte)-1)]));
        }

        traits.AddRange(Words(sample, TraitKind.StudentWord, digest => digest.StudentWords));
        traits.AddRange(Words(sample, TraitKind.TaskWord, digest => digest.TaskWords));
        return traits;
    }

    /// <summary>Words of the tasks that are common enough to be named, with the tasks they occur in.</summary>
    public static IEnumerable<(string Word, bool[] InTask)> TaskWords(Sample sample)
    {
        var sets = sample.Examples.Select(session => session.Digest.TaskWords.ToHashSet(StringComparer.Ordinal)).ToArray();
        return sets.SelectMany(set => set).Distinct().Where(word => !FunctionWords.Contains(word)).Order(StringComparer.Ordinal)
            .Select(word => (word, Array.ConvertAll(sets, set => set.Contains(word))))
            .Where(pair => pair.Item2.Count(shown => shown) >= WordSpread);
    }

    private static IEnumerable<Trait> Words(Sample sample, TraitKind kind, Func<SessionDigest, IEnumerable<string>> wordsOf)
    {
        var sets = sample.Sessions.Select(session => wordsOf(session.Digest).ToHashSet(StringComparer.Ordinal)).ToArray();
        foreach (var word in sets.SelectMany(set => set).Distinct().Order(StringComparer.Ordinal))
        {
            if (FunctionWords.Contains(word))
            {
                continue;
            }

            var sessions = Enumerable.Range(0, sets.Length).Where(i => sets[i].Contains(word)).ToList();
            var spread = sample.Tasks >= WordSpread ? sessions.Select(i => sample.TaskOf[i]).Distinct().Count() : sessions.Count;
            if (spread >= WordSpread)
            {
                yield return new(kind, word, "", [.. sets.Select(set => Sign(set.Contains(word)))]);
            }
        }
    }

    private static IEnumerable<(string First, string Second)> Pairs(SessionDigest digest) =>
        digest.Tools.Zip(digest.Tools.Skip(1));

    private static sbyte Sign(bool shown) => shown ? (sbyte)1 : (sbyte)0;
}
