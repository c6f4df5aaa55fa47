//! Project `shangcheng`: Chinese names, and names as long as Kubernetes allows.

use super::build::{DAY, HOUR, define, deployment, image, instances, settle};
use super::configs;
use crate::state::World;
use crate::state::env::Env;
use crate::state::kv::Kv;
use crate::state::project::Project;

const KEY: &str = "shangcheng";
const LONG: &str = "a-very-long-environment-name-that-somebody-really-uses-for-it";
const LONG_SERVICE: &str = "internationalization-translation-memory-synchronisation-service";

/// Plants the project.
pub fn plant(world: &mut World) {
    let now = world.now;
    let name = "商城（演示项目）：一个名字特别特别长的项目，用来看看界面在各种宽度下怎样换行和截断";
    let mut project = Project::new(KEY, name, "用于演示中文显示的项目", (now - 200 * DAY) / 1000);
    let variables = vec![
        Kv::string("huanjing", "测试", "环境名称"),
        Kv::choice("qudao", "线上", &["线上", "门店", "小程序"], "销售渠道"),
        Kv::new("kaiguan", true, "bool", "是否开启优惠券"),
    ];
    project.globals.clone_from(&variables);
    for (service, port) in [("store", 8080), ("coupon-zh", 8081), (LONG_SERVICE, 8082)] {
        let tag = "20261104080102-1234567890-feature-a-branch-with-a-really-long-name";
        define(&mut project, deployment(service, &image(service, tag), 2, port, now), variables.clone(), now);
    }
    for (key, alias, by, age) in [
        ("dev", "开发环境", "张伟", HOUR),
        ("test", "测试环境（第二套，给外包团队用，请不要删除）", "王芳", 30 * HOUR),
        (LONG, "预发布", "李娜", 3 * DAY),
    ] {
        let mut env = Env::new(KEY, key, false, now);
        (env.alias, env.update_by, env.update_time) = (alias.into(), by.into(), (now - age) / 1000);
        env.globals = super::build::globals_of(&variables);
        instances(&mut env, &project, &["store", "coupon-zh", LONG_SERVICE]);
        super::build::bind(&mut env, "qudao", &["store", "coupon-zh"]);
        settle(&mut env, age, now, &mut world.rng);
        configs::basic(world, &env);
        project.envs.push(env);
    }
    world.projects.push(project);
}
