namespace Atlas.Client.Cache;

/// <summary>A file in the cache.</summary>
/// <param name="File">The full path.</param>
/// <param name="Playbook">The playbook, with its hash verified; null if the file is damaged.</param>
/// <param name="Damage">What is wrong with the file, such as <c>its hash does not fit its content</c>; null if nothing is.</param>
public sealed record CacheEntry(string File, CachedPlaybook? Playbook, string? Damage);
