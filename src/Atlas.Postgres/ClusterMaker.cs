using System.Security.Cryptography;

namespace Atlas.Postgres;

/// <summary>Creates the data directory of a private server, completely or not at all.</summary>
internal static class ClusterMaker
{
    public const string User = "atlas";

    /// <exception cref="PrivatePostgresException">initdb failed; the message contains its output.</exception>
    public static async Task MakeAsync(
        ClusterFiles files, PostgresBinaries binaries, ServerIdentity identity, PrivatePostgresOptions options, CancellationToken cancellationToken)
    {
        if (Directory.Exists(files.Data) && Directory.EnumerateFileSystemEntries(files.Data).Any())
        {
            throw new PrivatePostgresException($"{files.Data} holds files and no PostgreSQL data. Move them away or choose another directory.");
        }

        // Remains of an interrupted attempt.
        if (Directory.Exists(files.NewData))
        {
            Directory.Delete(files.NewData, recursive: true);
        }

        ClusterFiles.CreatePrivate(files.NewData);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        ClusterFiles.WriteSecret(files.Password, password + "\n");
        ClusterFiles.WriteSecret(files.InitialPassword, password + "\n");
        try
        {
            await ServerIdentityChooser.HandOverAsync(identity, files, cancellationToken).ConfigureAwait(false);
            string[] noSync = options.Settings.TryGetValue("fsync", out var fsync) && fsync == "off" ? ["--no-sync"] : [];
            var answer = await identity.RunAsync(
                binaries.InitDb,
                [
                    "--pgdata", files.NewData, "--username", User, "--pwfile", files.InitialPassword, "--encoding", "UTF8",
                    "--locale", "C", "--auth", "scram-sha-256", "--data-checksums", .. noSync,
                ],
                options.Timeout, cancellationToken).ConfigureAwait(false);
            if (answer.ExitCode != 0)
            {
                throw new PrivatePostgresException($"initdb could not make {files.Data}: {answer.Output}");
            }
        }
        finally
        {
            File.Delete(files.InitialPassword);
        }

        await File.AppendAllTextAsync(
            Path.Combine(files.NewData, "postgresql.conf"), $"\ninclude_if_exists = '{Path.GetFileName(files.Settings)}'\n", cancellationToken)
            .ConfigureAwait(false);
        if (Directory.Exists(files.Data))
        {
            Directory.Delete(files.Data);
        }

        Directory.Move(files.NewData, files.Data);
    }
}
