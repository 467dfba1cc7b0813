using System.Collections.Concurrent;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.Learning.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Atlas.Client.Cache;

/// <summary>Keeps the last known playbook of each role and learning key on disk, for when the cluster cannot be reached.</summary>
/// <remarks>Safe for use by many threads and many processes at once: a file is written beside its place and then moved there.
/// Trouble with the disk is logged and never thrown, except by <see cref="Clear"/>. A playbook that has not changed is not written again.</remarks>
public sealed class PlaybookCache
{
    private const string Pattern = "*.json";
    private const string Unfinished = ".tmp";

    private readonly ConcurrentDictionary<string, string> _stored = new(StringComparer.Ordinal);
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>A cache in a folder, which is made when the first playbook is stored.</summary>
    /// <param name="directory">The folder; null is that of <see cref="AtlasClientOptions.CacheDirectory"/>.</param>
    /// <param name="logger">Told of damaged files and of a disk that does not take them; null for nobody.</param>
    /// <param name="time">The clock; null is the system's.</param>
    public PlaybookCache(string? directory = null, ILogger<PlaybookCache>? logger = null, TimeProvider? time = null)
        : this(Path.GetFullPath(directory ?? AtlasFolder.FindCache()), (ILogger?)logger ?? NullLogger.Instance, time ?? TimeProvider.System)
    {
    }

    private PlaybookCache(string directory, ILogger logger, TimeProvider time) => (Directory, _logger, _time) = (directory, logger, time);

    /// <summary>The folder of the cache.</summary>
    public string Directory { get; }

    /// <summary>The part of it that belongs to one cluster, and answers for no other.</summary>
    /// <param name="cluster">As in <see cref="IAtlasClient.ClusterName"/>; empty is the folder itself.</param>
    public PlaybookCache Of(string cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return new PlaybookCache(Path.Combine(Directory, cluster), _logger, _time);
    }

    /// <summary>Remembers what the cluster gave for both roles; a role that has nothing to be told is forgotten.</summary>
    public void Store(ResolvedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        Store(playbook, "student", playbook.Student);
        Store(playbook, "teacher", playbook.Teacher);
    }

    /// <summary>The last known playbook; null if there is none, or its file is damaged.</summary>
    /// <param name="learningKey">The key.</param>
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

    /// <summary>Every file of the cache, those of all clusters, by learning key and role; damaged ones last.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read by this user.</exception>
    public IReadOnlyList<CacheEntry> List() => System.IO.Directory.Exists(Directory)
        ? [.. System.IO.Directory.GetFiles(Directory, Pattern, SearchOption.AllDirectories)
            .Select(Examine)
            .OrderBy(entry => entry.Playbook is null)
            .ThenBy(entry => entry.Playbook?.LearningKey, StringComparer.Ordinal)
            .ThenBy(entry => entry.Playbook?.Role, StringComparer.Ordinal)
            .ThenBy(entry => entry.File, StringComparer.Ordinal)]
        : [];

    /// <summary>Removes every file of the cache.</summary>
    /// <returns>How many playbooks it held.</returns>
    /// <exception cref="IOException">A file cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be changed by this user.</exception>
    public int Clear()
    {
        _stored.Clear();
        if (!System.IO.Directory.Exists(Directory))
        {
            return 0;
        }

        // A process that was killed while it wrote leaves an unfinished file behind.
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

        // Somebody else may have cleared the cache since.
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

    /// <summary>Readers see the old file or the new one. What a power cut leaves half written is told by its hash.</summary>
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

    // A key may hold any character and may be secret: only its hash is in the name.
    private static string NameOf(string learningKey, string role) => $"{Sha256Text.Hex(learningKey)}.{role}.json";

    private string PathOf(string learningKey, string role) => Path.Combine(Directory, NameOf(learningKey, role));

    private static bool IsOfDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;
}
