using Atlas.Client.Cache;

namespace Atlas.Cli.Cache;

/// <summary>The document of <c>atlas cache list --json</c>.</summary>
/// <param name="Directory">The folder of the cache.</param>
/// <param name="Playbooks">The cached playbooks.</param>
internal sealed record CacheReport(string Directory, IReadOnlyList<CacheReport.Line> Playbooks)
{
    public static CacheReport Of(PlaybookCache cache, IEnumerable<CacheEntry> entries) =>
        new(cache.Directory, [.. entries.Select(entry => new Line(
            entry.Playbook?.LearningKey,
            entry.Playbook?.Role,
            entry.Playbook?.Version,
            entry.Playbook?.Playbook.Sha256,
            entry.Playbook?.StoredAt,
            entry.File,
            entry.Damage))]);

    /// <summary>One file.</summary>
    /// <param name="LearningKey">The key; null in a damaged file.</param>
    /// <param name="Role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="Version">The version number.</param>
    /// <param name="Sha256">The hash of the text as it is injected.</param>
    /// <param name="StoredAt">When the cluster provided it.</param>
    /// <param name="File">The file.</param>
    /// <param name="Damage">What is wrong with the file; null if nothing is.</param>
    internal sealed record Line(string? LearningKey, string? Role, int? Version, string? Sha256, DateTimeOffset? StoredAt, string File, string? Damage);
}
