using System.Globalization;

namespace Atlas.Postgres;

/// <summary>The command that installs a PostgreSQL server here.</summary>
internal static class InstallCommand
{
    public static string? ForThisSystem(int? major)
    {
        var sudo = Environment.IsPrivilegedProcess ? "" : "sudo ";
        var version = major?.ToString(CultureInfo.InvariantCulture);
        if (OperatingSystem.IsMacOS())
        {
            return $"brew install postgresql@{version ?? "16"}";
        }

        if (File.Exists("/usr/bin/apt-get"))
        {
            return $"{sudo}apt-get update && {sudo}apt-get install -y postgresql{(version is null ? "" : "-" + version)}";
        }

        if (File.Exists("/usr/bin/dnf"))
        {
            return $"{sudo}dnf install -y postgresql-server";
        }

        return File.Exists("/sbin/apk") ? $"{sudo}apk add postgresql{version ?? "16"}" : null;
    }
}
