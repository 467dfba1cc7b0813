using System.Collections.Concurrent;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atlas.Client.Cache;

/// <summary>Keeps the last known playbook of each role and learning key on disk for use while the cluster is unreachable.</summary>
/// <remarks>Safe for concurrent use by threads and processes: a file is written next to its destination and then moved. Disk errors are
/// logged and not thrown, except by <see cref="List"/> and <see cref="Clear"/>. A playbook that has not changed is not written
/// again.</remarks>
public sealed class PlaybookCache
{
    private const string Pattern = "*.json";
    private const string Unfinished = ".tmp";

    private readonly ConcurrentDictionary<string, string> _stored = new(StringComparer.Ordinal);
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>Initializes a cache in a folder, which is created when the first playbook is stored.</summary>
    /// <param name="directory">The folder; null for the default of <see cref="AtlasClientOptions.CacheDirectory"/>.</param>
    /// <param name="logger">Logs damaged files and failed writes; null for no logging.</param>
    /// <param name="time">The clock; null for the system clock.</param>
    public PlaybookCache(string? directory = null, ILogger<PlaybookCache>? logger = null, TimeProvider? time = null)
        : this(Path.GetFullPath(directory ?? AtlasFolder.FindCache()), (ILogger?)logger ?? NullLogger.Instance, time ?? TimeProvider.System)
    {
    }

    private PlaybookCache(string directory, ILogger logger, TimeProvider time) => (Directory, _logger, _time) = (directory, logger, time);

    /// <summary>Gets the folder of the cache.</summary>
    public string Directory { get; }

    /// <summary>Returns the part of the cache that belongs to one cluster.</summary>
    /// <param name="cluster">A name as in <see cref="IAtlasClient.ClusterName"/>; empty for the folder itself.</param>
    public PlaybookCache Of(string cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return new PlaybookCache(Path.Combine(Directory, cluster), _logger, _time);
    }

    /// <summary>Stores the current playbook of a learning key for both roles. A role without a playbook is removed from the cache. Do not
    /// store what a session was given, because it can lack entries, or everything, that other sessions get.</summary>
    /// <param name="playbook">What the cluster resolved for the key.</param>
    public void Store(ResolvedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        Store(playbook, "student", playbook.Student);
        Store(playbook, "teacher", playbook.Teacher);
    }

    /// <summary>Reads the last known playbook; returns null if there is none or its file is damaged.</summary>
    /// <param name="learningKey">The learning key.</param>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    public CachedPlaybook? Read(string learningKey, string role)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(learningKey);
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        var file = PathOf(learningKey, role);
        try
        {
            return PlaybookFile.Read(File.ReadAllText(file), learningKey, role);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (InvalidDataException damage)
        {
            _logger.CacheFileDamaged(file, damage.Message);
            return null;
        }
        catch (Exception failure) when (IsOfDisk(failure))
        {
            _logger.CacheNotRead(file, failure.Message);
            return null;
        }
    }

    /// <summary>Lists the files of the cache, for all clusters, by learning key and role, with damaged files last.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user is not allowed to read the folder.</exception>
    public IReadOnlyList<CacheEntry> List() => System.IO.Directory.Exists(Directory)
        ? [.. System.IO.Directory.GetFiles(Directory, Pattern, SearchOption.AllDirectories)
            .Select(Examine)
            .OrderBy(entry => entry.Playbook is null)
            .ThenBy(entry => entry.Playbook?.LearningKey, StringComparer.Ordinal)
            .ThenBy(entry => entry.Playbook?.Role, StringComparer.Ordinal)
            .ThenBy(entry => entry.File, StringComparer.Ordinal)]
        : [];

    /// <summary>Removes every file of the cache.</summary>
    /// <returns>The number of playbooks removed.</returns>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user is not allowed to change the folder.</exception>
    public int Clear()
    {
        _stored.Clear();
        if (!System.IO.Directory.Exists(Directory))
        {
            return 0;
        }

        // A process killed during a write leaves an unfinished file behind.
        foreach (var file in System.IO.Directory.EnumerateFiles(Directory, "*" + Unfinished, SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        var files = System.IO.Directory.GetFiles(Directory, Pattern, SearchOption.AllDirectories);
        foreach (var file in files)
        {
            File.Delete(file);
        }

        return files.Length;
    }

    private CacheEntry Examine(string file)
    {
        try
        {
            var playbook = PlaybookFile.Read(File.ReadAllText(file));
            return NameOf(playbook.LearningKey, playbook.Role) == Path.GetFileName(file)
                ? new CacheEntry(file, playbook, null)
                : new CacheEntry(file, null, $"it belongs to the {playbook.Role} playbook of '{playbook.LearningKey}'");
        }
        catch (InvalidDataException damage)
        {
            return new CacheEntry(file, null, damage.Message);
        }
    }

    private void Store(ResolvedPlaybook resolved, string role, RolePlaybook? playbook)
    {
        var file = PathOf(resolved.LearningKey, role);
        var content = playbook is null || resolved.Version < 1 ? null : new CachedPlaybook(
            resolved.LearningKey, role, resolved.Version, resolved.UpdatedAt, resolved.InjectionMode, resolved.ApplyToPrompts,
            playbook, _time.GetUtcNow())
        {
            Entries = [.. resolved.Entries.Where(entry => entry.Role == role)],
        };
        var state = content is null ? "" : PlaybookFile.HashOf(content with { StoredAt = default });

        // The cache may have been cleared in the meantime.
        if (_stored.TryGetValue(file, out var stored) && stored == state && (content is null || File.Exists(file)))
        {
            return;
        }

        try
        {
            if (content is null)
            {
                Forget(file);
            }
            else
            {
                Replace(file, PlaybookFile.Write(content));
            }

            _stored[file] = state;
        }
        catch (Exception failure) when (IsOfDisk(failure))
        {
            _logger.CacheNotWritten(file, failure.Message);
        }
    }

    private void Forget(string file)
    {
        if (System.IO.Directory.Exists(Directory))
        {
            File.Delete(file);
        }
    }

    /// <summary>Replaces a file so that readers see either the old or the new one. The hash reveals a file that a power failure left half
    /// written.</summary>
    private void Replace(string file, string json)
    {
        System.IO.Directory.CreateDirectory(Directory);
        var unfinished = $"{file}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            File.WriteAllText(unfinished, json);
            File.Move(unfinished, file, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    // A key can contain any character and can be confidential, so the file name contains only its hash.
    private static string NameOf(string learningKey, string role) => $"{Sha256Text.Hex(learningKey)}.{role}.json";

    private string PathOf(string learningKey, string role) => Path.Combine(Directory, NameOf(learningKey, role));

    private static bool IsOfDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;
}
