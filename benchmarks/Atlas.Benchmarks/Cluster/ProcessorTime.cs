using System.Globalization;

namespace Atlas.Benchmarks.Cluster;

/// <summary>The processor time of processes and of all that they have started, as Linux accounts for it.</summary>
internal static class ProcessorTime
{
    // Linux reports to programs in hundredths of a second, whatever it counts in.
    private const double TicksPerSecond = 100;

    /// <summary>Returns the processor time of a process, its descendants, and those of them that have ended.</summary>
    public static TimeSpan OfTree(int processId)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<Line>().ToLookup(line => line.Parent);
        return TimeSpan.FromSeconds((Read(processId) is { } root ? root.Ticks + Below(processId) : 0) / TicksPerSecond);

        long Below(int parent) => all[parent].Sum(child => child.Ticks + Below(child.Id));
    }

    /// <summary>Returns the process that started another.</summary>
    public static int ParentOf(int processId) =>
        Read(processId)?.Parent ?? throw new InvalidOperationException($"There is no process {processId}.");

    private static Line? Read(int id)
    {
        try
        {
            // The name, in parentheses, can contain anything.
            var text = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Line(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <param name="Id">The process.</param>
    /// <param name="Parent">The process that started it.</param>
    /// <param name="Ticks">In user and kernel mode, with children that have ended.</param>
    private sealed record Line(int Id, int Parent, long Ticks);
}
