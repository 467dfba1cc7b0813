using Atlas.Learning.Digest;

namespace Atlas.Models.Synthesis.Offline;

/// <summary>Collects the traits of a sample, in a fixed order.</summary>
internal static class TraitReader
{
    /// <summary>The number of different tasks (or sessions, if there are fewer tasks) in which a word must occur. A rarer word could be
    /// somebody's name or number.</summary>
    private const int WordSpread = 3;

    public static List<Trait> Read(Sample sample)
    {
        var digests = sample.Sessions.Select(session => session.Digest).ToArray();
        var traits = new List<Trait>();
        var called = Array.ConvertAll(digests, digest => digest.Tools.ToHashSet(StringComparer.Ordinal));
        var tools = called.SelectMany(set => set).Distinct().Order(StringComparer.Ordinal);
        traits.AddRange(tools.Select(tool => new Trait(TraitKind.Tool, tool, "", [.. called.Select(set => Sign(set.Contains(tool)))])));

        var pairs = Array.ConvertAll(digests, digest => digest.Tools.Zip(digest.Tools.Skip(1)).ToHashSet());
        var orders = pairs.SelectMany(set => set).Distinct()
            .OrderBy(pair => pair.First, StringComparer.Ordinal).ThenBy(pair => pair.Second, StringComparer.Ordinal);
        foreach (var (first, second) in orders)
        {
            traits.Add(new(TraitKind.Order, first, second,
                [.. called.Select((set, i) => set.Contains(second) ? Sign(pairs[i].Contains((first, second))) : (sbyte)-1)]));
        }

        traits.AddRange(Words(sample, TraitKind.StudentWord, digest => digest.StudentWords));
        traits.AddRange(Words(sample, TraitKind.TaskWord, digest => digest.TaskWords));
        return traits;
    }

    /// <summary>Returns the words of the tasks that are common enough to be named, with the tasks in which they occur.</summary>
    public static IEnumerable<(string Word, bool[] InTask)> TaskWords(Sample sample)
    {
        var sets = sample.Examples.Select(session => session.Digest.TaskWords.ToHashSet(StringComparer.Ordinal)).ToArray();
        return sets.SelectMany(set => set).Distinct().Where(word => !FunctionWords.Contains(word)).Order(StringComparer.Ordinal)
            .Select(word => (word, Array.ConvertAll(sets, set => set.Contains(word))))
            .Where(pair => pair.Item2.Count(shown => shown) >= WordSpread);
    }

    private static IEnumerable<Trait> Words(Sample sample, TraitKind kind, Func<SessionDigest, IEnumerable<string>> wordsOf)
    {
        var sessionsWith = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var lacking = new sbyte[sample.Sessions.Length];
        for (var i = 0; i < sample.Sessions.Length; i++)
        {
            // A student that said nothing lacks every word; compared with it, any word would only mean that the student spoke at all.
            lacking[i] = kind == TraitKind.StudentWord ? (sbyte)-1 : (sbyte)0;
            foreach (var word in wordsOf(sample.Sessions[i].Digest))
            {
                lacking[i] = 0;
                if (!FunctionWords.Contains(word))
                {
                    if (!sessionsWith.TryGetValue(word, out var sessions))
                    {
                        sessionsWith.Add(word, sessions = []);
                    }

                    sessions.Add(i);
                }
            }
        }

        foreach (var (word, sessions) in sessionsWith.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var spread = sample.Tasks >= WordSpread ? sessions.Select(i => sample.TaskOf[i]).Distinct().Count() : sessions.Count;
            if (spread < WordSpread)
            {
                continue;
            }

            var shown = (sbyte[])lacking.Clone();
            foreach (var session in sessions)
            {
                shown[session] = 1;
            }

            yield return new(kind, word, "", [.. shown]);
        }
    }

    private static sbyte Sign(bool shown) => shown ? (sbyte)1 : (sbyte)0;
}
