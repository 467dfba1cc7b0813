using Atlas.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace Atlas.Hosting.Telemetry;

/// <summary>Limits the size of the files to which the output of this process is redirected. A file that is too large is copied to <c>.1</c>
/// and truncated.</summary>
/// <remarks>The parent process holds the file open for appending, so it cannot be renamed. A line written between the copy and the
/// truncation is lost.</remarks>
internal sealed partial class LogFiles(IOptions<SiloSettings> settings, TimeProvider time, ILogger<LogFiles> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Checks a file once.</summary>
    /// <param name="path">The file; ignored if it does not exist.</param>
    /// <param name="most">The size in bytes from which it is too large.</param>
    public static void Cut(string path, long most)
    {
        if (!File.Exists(path) || new FileInfo(path).Length <= most)
        {
            return;
        }

        // The copy gets the permissions of the original.
        File.Copy(path, path + ".1", overwrite: true);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(0);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string[] files = [.. new[] { settings.Value.LogFile, settings.Value.ErrorLogFile }.OfType<string>()];
        if (files.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (var file in files)
            {
                try
                {
                    Cut(file, settings.Value.LogFileBytes);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
                {
                    NotCut(log, failure, file);
                }
            }
        }
    }

    [LoggerMessage(1195, LogLevel.Warning, "The log {File} is too large and could not be rotated.")]
    private static partial void NotCut(ILogger logger, Exception failure, string file);
}
