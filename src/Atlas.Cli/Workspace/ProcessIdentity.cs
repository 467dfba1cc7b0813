using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Atlas.Cli.Workspace;

/// <summary>A process that can be recognised later, although its number may be given to another one.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Birth">When it began, in a form that only compares for equality.</param>
internal sealed record ProcessIdentity(int Pid, string Birth)
{
    /// <summary>The identity of a running process; null if it has ended.</summary>
    public static ProcessIdentity? Of(int pid) => BirthOf(pid) is { } birth ? new ProcessIdentity(pid, birth) : null;

    /// <summary>Whether this very process still runs.</summary>
    [JsonIgnore]
    public bool IsAlive => BirthOf(Pid) == Birth;

    private static string? BirthOf(int pid) => OperatingSystem.IsLinux() ? LinuxBirthOf(pid) : PortableBirthOf(pid);

    // The kernel's own count of ticks since boot does not move when the clock is set, as a wall-clock time would.
    private static string? LinuxBirthOf(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        }
        catch (IOException)
        {
            return null;
        }

        // The second field is the program's name in brackets and may itself hold blanks and brackets.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int State = 0;
        const int StartTime = 19;
        var hasEnded = fields[State] is "Z" or "X";
        return hasEnded ? null : $"{BootId()}:{fields[StartTime]}";
    }

    private static string BootId()
    {
        const string Source = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Source) ? File.ReadAllText(Source).Trim() : "boot";
    }

    private static string? PortableBirthOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
