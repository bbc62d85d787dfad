using Sluice.Cli;
using Sluice.Project.Yaml;

// Asked for most often by scripts, and answered before anything else is loaded.
if (args is ["--version"])
{
    Console.Out.WriteLine(AppVersion.Text);
    return ExitCode.Done;
}

// The commands are put together meanwhile: on a second core.
_ = Task.Run(YamlReading.Prepare);
return await App.RunAsync(args);
