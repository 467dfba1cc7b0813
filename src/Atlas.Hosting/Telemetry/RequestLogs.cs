using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atlas.Hosting.Telemetry;

/// <summary>Turns off the log of ASP.NET Core for the start and end of requests if it would write nothing.</summary>
/// <remarks>As long as its category can write anything, an activity and a scope are created for every request.</remarks>
internal sealed class RequestLogs : IPostConfigureOptions<LoggerFilterOptions>
{
    private const string Category = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        var rules = options.Rules.Where(rule => Fits(rule.CategoryName)).ToArray();
        var usual = rules.Where(rule => rule.ProviderName is null).MaxBy(rule => rule.CategoryName?.Length ?? 0)?.LogLevel ?? options.MinLevel;
        if (usual > LogLevel.Information && !Array.Exists(rules, rule => rule is { ProviderName: not null, LogLevel: <= LogLevel.Information }))
        {
            options.Rules.Add(new LoggerFilterRule(null, Category, LogLevel.None, null));
        }
    }

    private static bool Fits(string? category) => category is null || Category.StartsWith(category, StringComparison.OrdinalIgnoreCase);
}
