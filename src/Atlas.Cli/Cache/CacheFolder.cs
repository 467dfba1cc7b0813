using Atlas.Cli.Workspace;
using Atlas.Client.Cache;

namespace Atlas.Cli.Cache;

/// <summary>The playbooks that applications of this workspace cache for when the cluster is out of reach.</summary>
internal static class CacheFolder
{
    public static PlaybookCache Of(AtlasHome home) => new(Path.Combine(home.Path, "cache", "learning"));

    /// <exception cref="CommandFailedException">The file system does not allow it.</exception>
    public static T OnDisk<T>(PlaybookCache cache, Func<PlaybookCache, T> action)
    {
        try
        {
            return action(cache);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"The cache {cache.Directory} cannot be used: {failure.Message}");
        }
    }
}
