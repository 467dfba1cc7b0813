using System.Text;
using Atlas.Identity;

namespace Atlas.Cli.Workspace;

/// <summary>The secret of the cluster on the private database.</summary>
internal static class SecretFile
{
    /// <summary>Creates a secret if there is none. Only for a cluster without running silos, because they would not know it.</summary>
    public static void Ensure(AtlasHome home)
    {
        if (File.Exists(home.SecretFile))
        {
            return;
        }

        Directory.CreateDirectory(home.Path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // The file is renamed last, so that nobody reads a partial one.
        var fresh = $"{home.SecretFile}.{Environment.ProcessId}";
        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(ClusterSecret.Random() + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, home.SecretFile);
    }
}
