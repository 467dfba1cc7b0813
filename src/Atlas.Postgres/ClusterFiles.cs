using System.Globalization;

namespace Atlas.Postgres;

/// <summary>The paths of a private PostgreSQL's files.</summary>
internal sealed class ClusterFiles(string root)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Root { get; } = Path.GetFullPath(root);

    public string Data => Path.Combine(Root, "data");

    /// <summary>Where a data directory is created; it is renamed when it is complete.</summary>
    public string NewData => Path.Combine(Root, "data.new");

    public string LogDirectory => Path.Combine(Root, "log");

    public string Log => Path.Combine(LogDirectory, "server.log");

    public string Password => Path.Combine(Root, "password");

    /// <summary>The password file for initdb, which exists only while initdb runs.</summary>
    public string InitialPassword => Path.Combine(LogDirectory, "initial-password");

    public string Port => Path.Combine(Root, "port");

    public string Lock => Path.Combine(Root, "lock");

    public string PostmasterFile => Path.Combine(Data, "postmaster.pid");

    public string Settings => Path.Combine(Data, "atlas.conf");

    public bool Initialized => File.Exists(Path.Combine(Data, "PG_VERSION"));

    /// <summary>The major version that created the data; null if there is none.</summary>
    public int? Major => Initialized
        && int.TryParse(File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;

    public void CreateDirectories()
    {
        CreatePrivate(Root);
        CreatePrivate(LogDirectory);
    }

    /// <summary>Creates a directory that only its owner can enter; an existing one stays unchanged.</summary>
    public static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private);
        }
    }

    /// <summary>Lets others pass through to the directories below, without listing this one.</summary>
    public void LetOthersPass()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Root, Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <exception cref="PrivatePostgresException">The password is missing.</exception>
    public string ReadPassword() => File.Exists(Password)
        ? File.ReadAllText(Password).Trim()
        : throw new PrivatePostgresException(
            $"The password of the PostgreSQL in {Root} is missing: {Password} was deleted. Restore it, or remove {Root} to begin anew without its data.");

    /// <summary>Returns the path of a role's password.</summary>
    public string PasswordOf(string role) => $"{Password}-{role}";

    /// <summary>Reads the password of a role; null if it has none.</summary>
    public string? ReadPassword(string role) => File.Exists(PasswordOf(role)) && File.ReadAllText(PasswordOf(role)).Trim() is { Length: > 0 } password ? password : null;

    public int? ReadPort() =>
        File.Exists(Port) && int.TryParse(File.ReadAllText(Port).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    public void WritePort(int port) => File.WriteAllText(Port, port.ToString(CultureInfo.InvariantCulture) + "\n");

    /// <summary>Writes a file that only its owner can read, even while it is being written.</summary>
    public static void WriteSecret(string path, string content)
    {
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = Secret;
        }

        using var file = new FileStream(path, how);
        using var writer = new StreamWriter(file);
        writer.Write(content);
    }
}
