using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Learning.Economics;

namespace Atlas.Cli.Reports;

/// <summary>Prints what was read from prompt caches, for people.</summary>
internal static class CacheSheet
{
    public static string Line(CacheShare cache) => string.Create(
        CultureInfo.InvariantCulture,
        $"prompt cache {(cache.Injected ? $"with version {cache.Version}" : "without a playbook")}: {cache.Share ?? 0:P1} of {Wording.Count(cache.InputTokens, "token")} sent in {Wording.Count(cache.Sessions, "session")}");
}
