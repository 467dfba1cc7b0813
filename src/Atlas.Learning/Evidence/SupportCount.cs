namespace Atlas.Learning.Evidence;

/// <summary>Counts the different tasks that support an entry if each counts for only one author, and each author for a limited number of
/// tasks.</summary>
internal static class SupportCount
{
    /// <param name="support">Tasks with the authors of their sessions; null for an unknown author, who counts as a different one each
    /// time.</param>
    /// <param name="perAuthor">The most tasks of one author.</param>
    public static int Of(IEnumerable<(string Task, string? Author)> support, int perAuthor)
    {
        var authors = support.GroupBy(each => each.Task, StringComparer.Ordinal).Select(task => task.Select(each => each.Author).ToList()).ToList();
        var taken = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        return Enumerable.Range(0, authors.Count).Count(task => Place(task, []));

        // Finds a place for a task, moving others if that makes room (Kuhn's algorithm).
        bool Place(int task, HashSet<string> tried)
        {
            foreach (var author in authors[task])
            {
                if (author is null)
                {
                    return true;
                }

                if (!tried.Add(author))
                {
                    continue;
                }

                var tasks = taken.TryGetValue(author, out var known) ? known : taken[author] = [];
                if (tasks.Count < perAuthor)
                {
                    tasks.Add(task);
                    return true;
                }

                for (var i = 0; i < tasks.Count; i++)
                {
                    if (Place(tasks[i], tried))
                    {
                        tasks[i] = task;
                        return true;
                    }
                }
            }

            return false;
        }
    }
}
