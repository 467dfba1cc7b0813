using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Atlas.Hosting.Telemetry;

/// <summary>A console log that does not repeat warnings and errors endlessly: while a database is unreachable, every session logs the same
/// messages.</summary>
/// <remarks>Of each event, ten messages are written within a minute; the next one after that says how many were left out.</remarks>
[ProviderAlias("Console")]
internal sealed class QuietLog(ILoggerProvider inner, TimeProvider time) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>How many messages of one event are written within <see cref="Window"/>.</summary>
    public const int Most = 10;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Category, int Event, LogLevel Level), Repetition> _repetitions = new();

    /// <summary>Wraps the console logger of a host.</summary>
    public static void AddTo(IServiceCollection services)
    {
        foreach (var console in services.Where(service => service.ServiceType == typeof(ILoggerProvider) && service.ImplementationType == typeof(ConsoleLoggerProvider)).ToArray())
        {
            services.Remove(console);
            services.AddSingleton<ConsoleLoggerProvider>();
            services.AddSingleton<ILoggerProvider>(provider => new QuietLog(
                provider.GetRequiredService<ConsoleLoggerProvider>(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
        }
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName, inner.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private sealed class Repetition
    {
        private readonly Lock _lock = new();
        private long _began;
        private int _count;

        /// <summary>Returns whether to write another message, and how many were left out before it.</summary>
        public (bool Write, int LeftOut) Take(TimeProvider time)
        {
            lock (_lock)
            {
                var leftOut = 0;
                if (_count == 0 || time.GetElapsedTime(_began) >= Window)
                {
                    leftOut = Math.Max(0, _count - Most);
                    (_began, _count) = (time.GetTimestamp(), 0);
                }

                return (++_count <= Most, leftOut);
            }
        }
    }

    private sealed class Logger(QuietLog log, string category, ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                var (write, leftOut) = log._repetitions.GetOrAdd((category, eventId.Id, logLevel), _ => new Repetition()).Take(log.Time);
                if (leftOut > 0)
                {
                    inner.Log(logLevel, eventId, leftOut, null, static (count, _) => $"The following message was repeated {count} more times in the previous minute; the repetitions were left out.");
                }

                if (!write)
                {
                    return;
                }
            }

            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private TimeProvider Time => time;
}
