using System.Globalization;

namespace Atlas.Cluster.Processes;

/// <summary>A PostgreSQL all of whose processes stand still until this is disposed.</summary>
internal sealed class FrozenPostgres : IDisposable
{
    private readonly List<int> _processes;

    private FrozenPostgres(List<int> processes)
    {
        _processes = processes;
    }

    /// <param name="postmaster">The server's first process.</param>
    public static FrozenPostgres Freeze(int postmaster)
    {
        // The parent first, so that it starts no more children meanwhile.
        Signals.Send(postmaster, Signals.Stop);
        List<int> all = [postmaster, .. ChildrenOf(postmaster)];
        all.ForEach(process => Signals.Send(process, Signals.Stop));
        return new FrozenPostgres(all);
    }

    public void Dispose() => _processes.ForEach(process => Signals.Send(process, Signals.Continue));

    private static IEnumerable<int> ChildrenOf(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && ParentOf(process) == parent)
            {
                yield return process;
            }
        }
    }

    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
