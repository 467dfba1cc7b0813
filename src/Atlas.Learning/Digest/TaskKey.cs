using System.Security.Cryptography;
using System.Text;

namespace Atlas.Learning.Digest;

/// <summary>Identifies sessions with the same task without keeping the task's text.</summary>
internal static class TaskKey
{
    public static string Of(string task)
    {
        // Line breaks and indentation change when a task passes through other tools, but the task stays the same.
        var normal = string.Join(' ', task.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return normal.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normal)))[..16];
    }
}
