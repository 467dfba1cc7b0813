using System.Collections.Immutable;
using Atlas.Hosting.Telemetry;
using Atlas.Testing.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Xunit;

namespace Atlas.Grains.Tests.Host;

/// <summary>The log of a silo in an outage, and the files that it is led into.</summary>
public sealed class LogTests
{
    private static readonly EventId Away = new(1005);

    [Fact]
    public void An_outage_says_the_same_ten_times_a_minute_and_then_how_often_it_was_left_out()
    {
        var clock = new TestClock(TimeSpan.Zero);
        using var written = new Written();
        using var quiet = new QuietLog(written, clock);
        var log = quiet.CreateLogger("Atlas.Delivery");

        for (var i = 0; i < 5000; i++)
        {
            Say(log, LogLevel.Warning, Away, $"away {i}");
            Say(log, LogLevel.Information, Away, $"information {i}");
        }

        Say(log, LogLevel.Error, Away, "another level");
        Say(log, LogLevel.Warning, new EventId(1006), "another event");
        Say(quiet.CreateLogger("Atlas.Judging"), LogLevel.Warning, Away, "another part");
        Assert.Equal(QuietLog.Most, written.Lines.Count(line => line.StartsWith("away", StringComparison.Ordinal)));
        Assert.Equal(5000, written.Lines.Count(line => line.StartsWith("information", StringComparison.Ordinal)));
        Assert.Equal(3, written.Lines.Count(line => line.StartsWith("another", StringComparison.Ordinal)));

        clock.Advance(QuietLog.Window);
        Say(log, LogLevel.Warning, Away, "still away");

        Assert.Equal(["The following message was repeated 4990 more times in the previous minute; the repetitions were left out.", "still away"], written.Lines.TakeLast(2));
    }

    [Fact]
    public void The_console_of_a_silo_is_quiet_and_there_is_one()
    {
        var builder = WebApplication.CreateBuilder(["--ATLAS_DATABASE_URL=postgresql://atlas@127.0.0.1:1/atlas"]);
        builder.AddAtlasSilo();
        using var services = builder.Services.BuildServiceProvider();

        var providers = services.GetServices<ILoggerProvider>().ToList();

        Assert.Single(providers, provider => provider is QuietLog);
        Assert.DoesNotContain(providers, provider => provider is ConsoleLoggerProvider);
    }

    [Fact]
    public void A_log_that_is_too_large_begins_anew_and_what_was_in_it_is_kept_as_private_as_it_was()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("atlas-log-").FullName, "silo-1.log");
        using (var held = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        using (var writer = new StreamWriter(held) { AutoFlush = true })
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            writer.Write(new string('x', 5000));
            LogFiles.Cut(file, 5000);
            Assert.Equal(5000, new FileInfo(file).Length);
            Assert.False(File.Exists(file + ".1"));

            writer.Write('y');
            LogFiles.Cut(file, 5000);
        }

        Assert.Equal(5001, new FileInfo(file + ".1").Length);
        Assert.Equal(0, new FileInfo(file).Length);
        LogFiles.Cut(file + ".none", 1);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file + ".1"));
        }

        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static void Say(ILogger log, LogLevel level, EventId id, string said) => log.Log(level, id, said, null, static (text, _) => text);

    private sealed class Written : ILoggerProvider, ILogger
    {
        private ImmutableList<string> _lines = [];

        public ImmutableList<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines = _lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
