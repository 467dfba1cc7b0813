using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Atlas.Cli.Workspace;

/// <summary>A process that can be recognized later, even if its id is reused.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Birth">When it started, in a form that is only compared for equality.</param>
internal sealed record ProcessIdentity(int Pid, string Birth)
{
    /// <summary>Returns the identity of a running process; null if it has ended.</summary>
    public static ProcessIdentity? Of(int pid) => BirthOf(pid) is { } birth ? new ProcessIdentity(pid, birth) : null;

    /// <summary>Gets a value indicating whether this very process is still running.</summary>
    [JsonIgnore]
    public bool IsAlive => BirthOf(Pid) == Birth;

    private static string? BirthOf(int pid) => OperatingSystem.IsLinux() ? LinuxBirthOf(pid) : PortableBirthOf(pid);

    // The kernel's own count of ticks since boot does not change when the clock is set, as a wall-clock time would.
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

        // The second field is the program's name in parentheses, which can itself contain spaces and parentheses.
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
